DROP TABLE work_turn;

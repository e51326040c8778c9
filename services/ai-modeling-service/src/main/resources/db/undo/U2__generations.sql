DROP TABLE modeling_output;
DROP TABLE modeling_input;

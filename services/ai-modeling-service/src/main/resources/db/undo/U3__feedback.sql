DROP TABLE modeling_feedback;

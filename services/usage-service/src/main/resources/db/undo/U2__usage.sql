DROP TABLE system_stats;
DROP TABLE audit_events;
DROP TABLE usage_metrics;
DROP TABLE usage_event;
DROP TABLE meter;
DROP FUNCTION usage_groups(jsonb, varchar[]);
DROP FUNCTION usage_number(jsonb, text);
DROP FUNCTION refuse_rewrite_of_usage();
DROP SEQUENCE usage_sequence;

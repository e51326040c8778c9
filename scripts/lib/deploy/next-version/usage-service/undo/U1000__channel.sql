ALTER TABLE usage_event DROP COLUMN channel;

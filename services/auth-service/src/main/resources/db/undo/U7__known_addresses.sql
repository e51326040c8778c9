ALTER TABLE login_throttle DROP COLUMN succeeded_at;

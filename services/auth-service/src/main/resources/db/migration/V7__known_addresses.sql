-- Whoever has logged in from an address is not held up by what others try there.
ALTER TABLE login_throttle ADD COLUMN succeeded_at timestamptz;

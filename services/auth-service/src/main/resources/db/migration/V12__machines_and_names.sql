-- Whoever made a machine, when it last asked for a token (to the hour), and until when it may.
ALTER TABLE service_account
    ADD COLUMN created_by varchar,
    ADD COLUMN last_used_at timestamptz,
    ADD COLUMN expires_at timestamptz CHECK (expires_at > created_at);
CREATE INDEX service_account_created_by_idx ON service_account (created_by) WHERE revoked_at IS NULL;

-- Names stand in one line. Rows of before are left as they are.
ALTER TABLE tenant ADD CONSTRAINT tenant_name_in_one_line
    CHECK (name !~ '[\u0001-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]') NOT VALID;
ALTER TABLE "user" ADD CONSTRAINT user_name_in_one_line
    CHECK (name !~ '[\u0001-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]') NOT VALID;
ALTER TABLE service_account ADD CONSTRAINT service_account_name_in_one_line
    CHECK (name !~ '[\u0001-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]') NOT VALID;

ALTER TABLE service_account
    DROP CONSTRAINT service_account_name_in_one_line,
    DROP COLUMN created_by,
    DROP COLUMN last_used_at,
    DROP COLUMN expires_at;
ALTER TABLE "user" DROP CONSTRAINT user_name_in_one_line;
ALTER TABLE tenant DROP CONSTRAINT tenant_name_in_one_line;

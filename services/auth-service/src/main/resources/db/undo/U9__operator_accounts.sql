ALTER TABLE service_account
    DROP CONSTRAINT service_account_usage_write_is_the_operators,
    DROP CONSTRAINT service_account_of_no_tenant_is_the_operators;
UPDATE service_account
SET scope = array_to_string(array_replace(string_to_array(scope, ' '), 'usage:report', 'usage:write'), ' ')
WHERE NOT made_by_operator;
ALTER TABLE service_account DROP COLUMN made_by_operator;

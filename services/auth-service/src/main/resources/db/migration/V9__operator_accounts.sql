-- Who pays does not write the meter: only the operator gives usage:write, also to a machine that acts for one tenant.
ALTER TABLE service_account ADD COLUMN made_by_operator boolean NOT NULL DEFAULT false;
UPDATE service_account SET made_by_operator = true WHERE tenant_id IS NULL;

-- Nobody noted who made the accounts of tenants so far. What they could do beyond reading was to report the own usage.
UPDATE service_account
SET scope = array_to_string(array_replace(string_to_array(scope, ' '), 'usage:write', 'usage:report'), ' ')
WHERE NOT made_by_operator;

ALTER TABLE service_account
    ADD CONSTRAINT service_account_of_no_tenant_is_the_operators CHECK (tenant_id IS NOT NULL OR made_by_operator),
    ADD CONSTRAINT service_account_usage_write_is_the_operators
        CHECK (made_by_operator OR NOT ('usage:write' = ANY (string_to_array(scope, ' '))));

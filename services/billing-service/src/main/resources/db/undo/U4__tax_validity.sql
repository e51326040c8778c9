DROP TRIGGER tenant_billing_profile_country ON tenant_billing_profile;
DROP FUNCTION keep_country();
ALTER TABLE tax_rate DROP CONSTRAINT one_country_per_code;
DROP INDEX tax_rate_standard;
-- The newest rate of a code stays, and the newest standard rate of a country is the one that applies by itself.
DELETE FROM tax_rate r WHERE EXISTS (SELECT FROM tax_rate o WHERE o.code = r.code AND o.valid_from > r.valid_from);
UPDATE tax_rate r SET standard = false
    WHERE standard AND EXISTS (SELECT FROM tax_rate o WHERE o.standard AND o.country = r.country AND o.valid_from > r.valid_from);
CREATE UNIQUE INDEX tax_rate_standard ON tax_rate (country) WHERE standard;
ALTER TABLE tax_rate DROP CONSTRAINT tax_rate_code_fkey;
ALTER TABLE tax_rate DROP CONSTRAINT tax_rate_pkey;
ALTER TABLE tax_rate ADD PRIMARY KEY (code);
ALTER TABLE tax_rate DROP COLUMN valid_from;
ALTER TABLE tenant_billing_profile DROP CONSTRAINT tenant_billing_profile_tax_rate_code_fkey;
ALTER TABLE tenant_billing_profile ADD FOREIGN KEY (tax_rate_code) REFERENCES tax_rate;
DROP TABLE tax_rate_code;

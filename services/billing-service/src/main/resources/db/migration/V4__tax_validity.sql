-- A rate holds from an instant on; the next row of its code, or of its country, takes over. Rows never change.
CREATE TABLE tax_rate_code (
    code varchar PRIMARY KEY
);
INSERT INTO tax_rate_code SELECT code FROM tax_rate;

ALTER TABLE tenant_billing_profile DROP CONSTRAINT tenant_billing_profile_tax_rate_code_fkey;
ALTER TABLE tenant_billing_profile ADD FOREIGN KEY (tax_rate_code) REFERENCES tax_rate_code;

-- What was there before holds as far back as subscriptions reach.
ALTER TABLE tax_rate ADD COLUMN valid_from timestamptz NOT NULL DEFAULT '2000-01-01T00:00:00Z';
ALTER TABLE tax_rate DROP CONSTRAINT tax_rate_pkey;
ALTER TABLE tax_rate ADD PRIMARY KEY (code, valid_from);
ALTER TABLE tax_rate ADD FOREIGN KEY (code) REFERENCES tax_rate_code;
DROP INDEX tax_rate_standard;
-- At any instant a country has one rate that applies by itself; its other rates are given to customers by code.
CREATE UNIQUE INDEX tax_rate_standard ON tax_rate (country, valid_from) WHERE standard;
-- A code keeps its country for ever.
ALTER TABLE tax_rate ADD CONSTRAINT one_country_per_code
    EXCLUDE USING gist (code WITH =, (coalesce(country, '')) WITH <>);

-- A customer without a country has no tax: once it is known, nothing forgets it.
CREATE FUNCTION keep_country() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.country IS NOT NULL AND NEW.country IS NULL THEN
        RAISE EXCEPTION 'the country of tenant % is %, it is changed and not emptied', OLD.tenant_id, OLD.country
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tenant_billing_profile_country BEFORE UPDATE ON tenant_billing_profile
    FOR EACH ROW EXECUTE FUNCTION keep_country();

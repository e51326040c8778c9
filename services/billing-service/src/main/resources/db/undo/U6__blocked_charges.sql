DROP TABLE blocked_charge;
DROP INDEX one_line_per_price;
ALTER TABLE billing_line DROP COLUMN base_period_id;
DROP INDEX billing_period_supplement;
DROP INDEX one_bill_per_period;
-- Supplements are bills that were issued: with one of them there, this fails and the version stays.
ALTER TABLE billing_period ADD CONSTRAINT one_bill_per_period UNIQUE (subscription_id, period_start);
ALTER TABLE billing_period DROP COLUMN supplement_of;

ALTER TABLE subscription DROP COLUMN made_until;
DROP TABLE plan_tenant;
ALTER TABLE subscription_plan DROP COLUMN audience;

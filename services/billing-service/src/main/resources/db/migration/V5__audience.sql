-- A plan is for everybody, for the tenants that it names, or archived: for nobody new.
ALTER TABLE subscription_plan ADD COLUMN audience varchar NOT NULL DEFAULT 'public'
    CHECK (audience IN ('public', 'tenants', 'archived'));

CREATE TABLE plan_tenant (
    plan_id   uuid NOT NULL REFERENCES subscription_plan,
    tenant_id uuid NOT NULL,
    PRIMARY KEY (plan_id, tenant_id)
);
CREATE INDEX plan_tenant_tenant ON plan_tenant (tenant_id, plan_id);
CALL protect_by_tenant('plan_tenant');

-- The end that a subscription was made with: what a cancellation that is taken back returns to.
ALTER TABLE subscription ADD COLUMN made_until timestamptz;
UPDATE subscription SET made_until = end_at WHERE canceled_at IS NULL;

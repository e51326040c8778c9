-- A price that cannot be rated is left out of the bill of its period and waits here: blocked, then billed by a supplement,
-- or waived by the operator.
ALTER TABLE billing_period ADD COLUMN supplement_of uuid REFERENCES billing_period;
ALTER TABLE billing_period DROP CONSTRAINT one_bill_per_period;
-- Exactly one bill for a period, whoever closes it and however often; supplements bill what that one left out.
CREATE UNIQUE INDEX one_bill_per_period ON billing_period (subscription_id, period_start) WHERE supplement_of IS NULL;
CREATE INDEX billing_period_supplement ON billing_period (supplement_of) WHERE supplement_of IS NOT NULL;

-- A price of a period is billed once, in its bill or in a supplement. base_period_id is null in the bill itself.
ALTER TABLE billing_line ADD COLUMN base_period_id uuid REFERENCES billing_period;
CREATE UNIQUE INDEX one_line_per_price ON billing_line ((coalesce(base_period_id, period_id)), price_id);

CREATE TABLE blocked_charge (
    id            uuid PRIMARY KEY,
    tenant_id     uuid NOT NULL,
    period_id     uuid NOT NULL REFERENCES billing_period,
    price_id      uuid NOT NULL REFERENCES plan_price,
    position      integer NOT NULL CHECK (position >= 1),
    description   varchar NOT NULL,
    meter         varchar,
    reason        varchar NOT NULL,
    state         varchar NOT NULL CHECK (state IN ('blocked', 'billed', 'waived')),
    blocked_at    timestamptz NOT NULL,
    resolved_at   timestamptz,
    supplement_id uuid REFERENCES billing_period,
    waived_for    varchar,
    UNIQUE (period_id, price_id),
    CHECK ((state = 'blocked') = (resolved_at IS NULL)),
    CHECK ((state = 'billed') = (supplement_id IS NOT NULL)),
    CHECK ((state = 'waived') = (waived_for IS NOT NULL))
);
CREATE INDEX blocked_charge_blocked ON blocked_charge (id) WHERE state = 'blocked';
CREATE INDEX blocked_charge_tenant ON blocked_charge (tenant_id, id);
CALL protect_by_tenant('blocked_charge');
REVOKE DELETE ON blocked_charge FROM app_rw;

-- Plans, subscriptions, billed periods and the ledger. Constraints carry the invariants: a period is billed once,
-- a tenant has one subscription at a time, the ledger only grows.

-- For the exclusion constraint that compares a uuid and a range; trusted, so the database's owner may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE tax_rate (
    code         varchar PRIMARY KEY,
    rate_percent numeric(9,6) NOT NULL CHECK (rate_percent BETWEEN 0 AND 100),
    country      varchar CHECK (country ~ '^[A-Z]{2}$'),
    standard     boolean NOT NULL,
    created_at   timestamptz NOT NULL,
    CHECK (country IS NOT NULL OR NOT standard)
);
-- A country has one rate that applies by itself; its other rates are given to customers by code.
CREATE UNIQUE INDEX tax_rate_standard ON tax_rate (country) WHERE standard;

CREATE TABLE subscription_plan (
    id              uuid PRIMARY KEY,
    code            varchar NOT NULL UNIQUE,
    name            varchar NOT NULL,
    currency        varchar NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    interval_name   varchar NOT NULL CHECK (interval_name IN ('monthly', 'yearly')),
    latest_version  integer NOT NULL CHECK (latest_version >= 1),
    created_at      timestamptz NOT NULL
);

-- A version never changes once made: subscriptions and billed lines point at it.
CREATE TABLE plan_version (
    id         uuid PRIMARY KEY,
    plan_id    uuid NOT NULL REFERENCES subscription_plan,
    version    integer NOT NULL CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    UNIQUE (plan_id, version)
);

CREATE TABLE plan_price (
    id              uuid PRIMARY KEY,
    plan_version_id uuid NOT NULL REFERENCES plan_version,
    position        integer NOT NULL CHECK (position >= 1),
    name            varchar NOT NULL,
    meter           varchar,
    model           varchar NOT NULL CHECK (model IN ('flat', 'per_unit', 'graduated', 'volume', 'package', 'percentage')),
    rules           jsonb NOT NULL,
    UNIQUE (plan_version_id, position),
    CHECK ((model = 'flat') = (meter IS NULL))
);

CREATE TABLE tenant_billing_profile (
    tenant_id     uuid PRIMARY KEY,
    name          varchar NOT NULL,
    email         varchar NOT NULL,
    address_line  varchar,
    postal_code   varchar,
    city          varchar,
    country       varchar CHECK (country ~ '^[A-Z]{2}$'),
    tax_id        varchar,
    tax_rate_code varchar REFERENCES tax_rate,
    updated_at    timestamptz NOT NULL
);
CALL protect_by_tenant('tenant_billing_profile');

CREATE TABLE subscription (
    id             uuid PRIMARY KEY,
    tenant_id      uuid NOT NULL,
    interval_months integer NOT NULL CHECK (interval_months >= 1),
    start_at       timestamptz NOT NULL,
    end_at         timestamptz,
    canceled_at    timestamptz,
    closed_through timestamptz NOT NULL,
    next_period_end timestamptz,
    revision       integer NOT NULL,
    created_at     timestamptz NOT NULL,
    CHECK (end_at IS NULL OR end_at >= start_at),
    CHECK (closed_through >= start_at),
    CHECK (end_at IS NULL OR closed_through <= end_at),
    CONSTRAINT one_subscription_at_a_time
        EXCLUDE USING gist (tenant_id WITH =, tstzrange(start_at, end_at) WITH &&)
);
CREATE INDEX subscription_due ON subscription (next_period_end) WHERE next_period_end IS NOT NULL;
CREATE INDEX subscription_tenant ON subscription (tenant_id, id);
CALL protect_by_tenant('subscription');

-- Which plan version a subscription is on, and from when; a phase that starts later is a change that was announced.
CREATE TABLE subscription_phase (
    id              uuid PRIMARY KEY,
    subscription_id uuid NOT NULL REFERENCES subscription,
    tenant_id       uuid NOT NULL,
    plan_version_id uuid NOT NULL REFERENCES plan_version,
    starts_at       timestamptz NOT NULL,
    UNIQUE (subscription_id, starts_at)
);
CALL protect_by_tenant('subscription_phase');

CREATE TABLE billing_period (
    id              uuid PRIMARY KEY,
    subscription_id uuid NOT NULL REFERENCES subscription,
    tenant_id       uuid NOT NULL,
    plan_version_id uuid NOT NULL REFERENCES plan_version,
    plan_code       varchar NOT NULL,
    plan_name       varchar NOT NULL,
    plan_version    integer NOT NULL,
    period_start    timestamptz NOT NULL,
    period_end      timestamptz NOT NULL,
    usage_cutoff    varchar,
    currency        varchar NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    net             numeric(38,4) NOT NULL CHECK (net >= 0),
    customer        jsonb NOT NULL,
    tax             jsonb,
    closed_at       timestamptz NOT NULL,
    -- Exactly one bill for a period, whoever closes it and however often.
    CONSTRAINT one_bill_per_period UNIQUE (subscription_id, period_start),
    CHECK (period_end > period_start)
);
CREATE INDEX billing_period_tenant ON billing_period (tenant_id, id);
CALL protect_by_tenant('billing_period');

CREATE TABLE billing_line (
    period_id     uuid NOT NULL REFERENCES billing_period,
    position      integer NOT NULL CHECK (position >= 1),
    tenant_id     uuid NOT NULL,
    price_id      uuid NOT NULL REFERENCES plan_price,
    price_version integer NOT NULL,
    description   varchar NOT NULL,
    model         varchar NOT NULL,
    meter         varchar,
    quantity      numeric(38,18) NOT NULL CHECK (quantity >= 0),
    amount        numeric(38,4) NOT NULL CHECK (amount >= 0),
    currency      varchar NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    breakdown     jsonb NOT NULL,
    PRIMARY KEY (period_id, position)
);
CALL protect_by_tenant('billing_line');
-- A billed period is a statement that an invoice repeats: nobody rewrites it.
REVOKE UPDATE, DELETE ON billing_period, billing_line FROM app_rw;

-- The ledger. sequence counts from 1 without a gap in each tenant.
CREATE TABLE billing_event (
    id              uuid PRIMARY KEY,
    tenant_id       uuid NOT NULL,
    sequence        bigint NOT NULL CHECK (sequence >= 1),
    type            varchar NOT NULL,
    subscription_id uuid,
    period_id       uuid,
    amount          numeric(38,4),
    currency        varchar CHECK (currency ~ '^[A-Z]{3}$'),
    details         jsonb NOT NULL,
    occurred_at     timestamptz NOT NULL,
    UNIQUE (tenant_id, sequence),
    CHECK ((amount IS NULL) = (currency IS NULL))
);
CALL protect_by_tenant('billing_event');
REVOKE UPDATE, DELETE ON billing_event FROM app_rw;

CREATE TABLE billing_event_sequence (
    tenant_id uuid PRIMARY KEY,
    last      bigint NOT NULL
);
CALL protect_by_tenant('billing_event_sequence');

-- Grants stop the application; this stops its owner, too.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER billing_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE usage_alert (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL,
    name       varchar NOT NULL,
    meter      varchar NOT NULL,
    threshold  numeric(38,18) NOT NULL CHECK (threshold > 0),
    created_at timestamptz NOT NULL,
    last_fired_at timestamptz,
    deleted_at timestamptz
);
CREATE INDEX usage_alert_tenant ON usage_alert (tenant_id, id) WHERE deleted_at IS NULL;
CALL protect_by_tenant('usage_alert');

CREATE TABLE usage_alert_firing (
    alert_id     uuid NOT NULL REFERENCES usage_alert,
    period_start timestamptz NOT NULL,
    tenant_id    uuid NOT NULL,
    value        numeric(38,18) NOT NULL,
    fired_at     timestamptz NOT NULL,
    -- An alert fires once in a period, however many evaluate it.
    PRIMARY KEY (alert_id, period_start)
);
CALL protect_by_tenant('usage_alert_firing');

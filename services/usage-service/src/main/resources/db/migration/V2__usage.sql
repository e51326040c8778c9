-- Positions in the order of acceptance. Both events and voids take one, so that a cut-off separates what was known.
CREATE SEQUENCE usage_sequence AS bigint;

-- How events become a number. Meters belong to the operator and are the same for every tenant.
CREATE TABLE meter (
    id             uuid PRIMARY KEY,
    key            varchar NOT NULL UNIQUE CHECK (key ~ '^[a-z][a-z0-9_.-]{0,62}$'),
    name           varchar NOT NULL,
    event_type     varchar NOT NULL,
    aggregation    varchar NOT NULL CHECK (aggregation IN ('count', 'sum', 'min', 'max', 'unique_count', 'latest')),
    value_property varchar,
    group_by       varchar[] NOT NULL DEFAULT '{}',
    created_at     timestamptz NOT NULL,
    CHECK ((aggregation = 'count') = (value_property IS NULL))
);
CREATE INDEX meter_event_type ON meter (event_type);

-- One thing that happened. source + event_id name it for ever within its tenant.
CREATE TABLE usage_event (
    id            uuid PRIMARY KEY,
    tenant_id     uuid NOT NULL,
    sequence      bigint NOT NULL UNIQUE DEFAULT nextval('usage_sequence'),
    source        varchar NOT NULL,
    event_id      varchar NOT NULL,
    type          varchar NOT NULL,
    subject       varchar,
    time          timestamptz NOT NULL,
    data          jsonb,
    received_at   timestamptz NOT NULL,
    voided_at     timestamptz,
    void_reason   varchar,
    void_sequence bigint,
    UNIQUE (tenant_id, source, event_id),
    CHECK ((voided_at IS NULL) = (void_sequence IS NULL)),
    CHECK (void_sequence > sequence)
);
CREATE INDEX usage_event_window ON usage_event (tenant_id, type, time, sequence);
CALL protect_by_tenant('usage_event');

-- What was used is never rewritten: only the void of an event may be noted, once.
CREATE FUNCTION refuse_rewrite_of_usage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.voided_at IS NOT NULL
       OR (to_jsonb(NEW) - '{voided_at,void_reason,void_sequence}'::text[])
          IS DISTINCT FROM (to_jsonb(OLD) - '{voided_at,void_reason,void_sequence}'::text[]) THEN
        RAISE EXCEPTION 'usage event % is final', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER usage_event_is_final BEFORE UPDATE ON usage_event
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite_of_usage();
REVOKE DELETE ON usage_event FROM app_rw;

-- The number at a path of a JSON object, null when there is none that is finite and decimal.
CREATE FUNCTION usage_number(data jsonb, property text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN data ->> property ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$' THEN (data ->> property)::numeric END;

-- What one event counts for under one meter: totals are sums over these rows, and a trace is a list of them.
CREATE TABLE usage_metrics (
    event_id      uuid NOT NULL REFERENCES usage_event (id),
    meter_id      uuid NOT NULL REFERENCES meter (id),
    tenant_id     uuid NOT NULL,
    sequence      bigint NOT NULL,
    time          timestamptz NOT NULL,
    value         numeric,
    text_value    varchar,
    groups        jsonb NOT NULL,
    void_sequence bigint,
    PRIMARY KEY (event_id, meter_id)
);
CREATE INDEX usage_metrics_window ON usage_metrics (tenant_id, meter_id, time, sequence);
CALL protect_by_tenant('usage_metrics');

-- The values an event is grouped by, by property name.
CREATE FUNCTION usage_groups(data jsonb, properties varchar[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(jsonb_object_agg(p.name, data ->> p.name), '{}')
            FROM unnest(properties) AS p (name));

-- Who changed what about usage: meters defined, batches taken, events voided.
CREATE TABLE audit_events (
    id             uuid PRIMARY KEY,
    tenant_id      uuid,
    action         varchar NOT NULL,
    actor_type     varchar NOT NULL,
    actor_id       varchar NOT NULL,
    details        jsonb NOT NULL,
    correlation_id varchar,
    occurred_at    timestamptz NOT NULL
);
CREATE INDEX audit_events_tenant ON audit_events (tenant_id, id);
CREATE INDEX audit_events_action ON audit_events (action, id);
CALL protect_by_tenant('audit_events');
REVOKE UPDATE, DELETE ON audit_events FROM app_rw;

-- The state of the service, measured once a minute.
CREATE TABLE system_stats (
    id                  uuid PRIMARY KEY,
    measured_at         timestamptz NOT NULL UNIQUE,
    events              bigint NOT NULL CHECK (events >= 0),
    events_last_hour    bigint NOT NULL CHECK (events_last_hour >= 0),
    voided_events       bigint NOT NULL CHECK (voided_events >= 0),
    tenants             bigint NOT NULL CHECK (tenants >= 0),
    meters              bigint NOT NULL CHECK (meters >= 0),
    database_bytes      bigint NOT NULL CHECK (database_bytes >= 0)
);

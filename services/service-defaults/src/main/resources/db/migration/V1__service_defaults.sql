-- What every service's database has: tenancy by row-level security, outbox, inbox, idempotency keys.

-- The application connects as a member of app_rw, which owns nothing: policies apply to it, not to the owner who migrates.
GRANT USAGE ON SCHEMA public TO app_rw;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_rw;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app_rw;

-- True for rows of the tenant that the transaction was opened for; '*' is every tenant; unset is none.
-- A row without a tenant belongs to the operator and is seen by '*' alone.
CREATE FUNCTION tenant_visible(row_tenant uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN current_setting('app.tenant', true) = '*'
        OR row_tenant::text = current_setting('app.tenant', true);

CREATE PROCEDURE protect_by_tenant(target regclass)
    LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON %s USING (tenant_visible(tenant_id)) WITH CHECK (tenant_visible(tenant_id))',
        target);
END
$$;

-- One row per event and receiver. A row is leased while it is being delivered; a crash lets the lease run out.
CREATE TABLE outbox_event (
    id              uuid PRIMARY KEY,
    event_id        uuid NOT NULL,
    destination     text NOT NULL,
    type            text NOT NULL,
    tenant_id       uuid,
    subject         text,
    occurred_at     timestamptz NOT NULL,
    data            jsonb NOT NULL,
    correlation_id  text,
    traceparent     text,
    state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    delivered_at    timestamptz,
    last_error      text,
    UNIQUE (event_id, destination),
    CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
);
CREATE INDEX outbox_event_due ON outbox_event (next_attempt_at) WHERE state = 'pending';
CREATE INDEX outbox_event_dead ON outbox_event (id) WHERE state = 'dead';
CREATE INDEX outbox_event_delivered ON outbox_event (delivered_at) WHERE state = 'delivered';
CALL protect_by_tenant('outbox_event');

-- What has been received; written in the transaction of its effect, so an effect happens once.
CREATE TABLE inbox_event (
    source      text NOT NULL,
    event_id    text NOT NULL,
    type        text NOT NULL,
    tenant_id   uuid,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, event_id)
);
CALL protect_by_tenant('inbox_event');

-- The first answer to a request, stored in the transaction of its effect. caller is who may replay it.
CREATE TABLE idempotency_key (
    caller       text NOT NULL,
    operation    text NOT NULL,
    key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    tenant_id    uuid,
    request_hash text NOT NULL,
    status       integer,
    headers      jsonb,
    body         text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, operation, key)
);
CALL protect_by_tenant('idempotency_key');

-- The log: entries, the hashes of the tree's complete subtrees, and the keys that sign it. Nothing here is ever changed
-- or removed: the application may not (REVOKE), and the owner is refused too (triggers).

CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

-- canonical holds the bytes that were hashed; the other columns repeat what queries filter by, and cannot differ from them.
CREATE TABLE audit_logs (
    id             uuid PRIMARY KEY,
    leaf_index     bigint NOT NULL UNIQUE CHECK (leaf_index >= 0),
    -- Every entry but the first needs its predecessor; as none can go away, the sequence has no gaps.
    previous_index bigint GENERATED ALWAYS AS (nullif(leaf_index, 0) - 1) STORED REFERENCES audit_logs (leaf_index),
    tenant_id      uuid,
    service        varchar NOT NULL,
    actor_type     varchar NOT NULL CHECK (actor_type IN ('user', 'service', 'operator', 'system')),
    actor_id       varchar,
    action         varchar NOT NULL,
    resource_type  varchar NOT NULL,
    resource_id    varchar,
    outcome        varchar NOT NULL CHECK (outcome IN ('success', 'failure', 'denied')),
    occurred_at    timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL,
    canonical      bytea NOT NULL CHECK (octet_length(canonical) BETWEEN 2 AND 65536),
    leaf_hash      bytea NOT NULL,
    CONSTRAINT leaf_hash_is_of_canonical CHECK (leaf_hash = sha256('\x00'::bytea || canonical)),
    CONSTRAINT columns_repeat_canonical CHECK (
        convert_from(canonical, 'UTF8')::jsonb ->> 'id' = id::text
        AND (convert_from(canonical, 'UTF8')::jsonb ->> 'tenant_id') IS NOT DISTINCT FROM tenant_id::text
        AND convert_from(canonical, 'UTF8')::jsonb ->> 'service' = service
        AND convert_from(canonical, 'UTF8')::jsonb ->> 'actor_type' = actor_type
        AND (convert_from(canonical, 'UTF8')::jsonb ->> 'actor_id') IS NOT DISTINCT FROM actor_id
        AND convert_from(canonical, 'UTF8')::jsonb ->> 'action' = action
        AND convert_from(canonical, 'UTF8')::jsonb ->> 'resource_type' = resource_type
        AND (convert_from(canonical, 'UTF8')::jsonb ->> 'resource_id') IS NOT DISTINCT FROM resource_id
        AND convert_from(canonical, 'UTF8')::jsonb ->> 'outcome' = outcome
        AND (convert_from(canonical, 'UTF8')::jsonb ->> 'occurred_at') IS NOT NULL
        AND (convert_from(canonical, 'UTF8')::jsonb ->> 'recorded_at') IS NOT NULL)
);
CREATE INDEX audit_logs_by_tenant ON audit_logs (tenant_id, leaf_index);
CREATE INDEX audit_logs_by_action ON audit_logs (action, leaf_index);
CREATE INDEX audit_logs_by_actor ON audit_logs (actor_id, leaf_index);
CREATE INDEX audit_logs_by_resource ON audit_logs (resource_type, resource_id, leaf_index);
CREATE INDEX audit_logs_by_time ON audit_logs (occurred_at);
CALL protect_by_tenant('audit_logs');
REVOKE UPDATE, DELETE ON audit_logs FROM app_rw;
CREATE TRIGGER audit_logs_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Hashes of complete subtrees: 2^level leaves from index * 2^level on. They say nothing about whose entries they cover.
CREATE TABLE audit_node (
    level integer NOT NULL CHECK (level BETWEEN 0 AND 62),
    index bigint NOT NULL CHECK (index >= 0),
    hash  bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (level, index)
);
REVOKE UPDATE, DELETE ON audit_node FROM app_rw;
CREATE TRIGGER audit_node_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_node
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Public keys stay for ever, so that old checkpoints can be verified. A key that came by configuration has no secret here.
CREATE TABLE audit_signing_key (
    id             uuid PRIMARY KEY,
    public_key     bytea NOT NULL UNIQUE CHECK (octet_length(public_key) = 32),
    encrypted_seed bytea,
    created_at     timestamptz NOT NULL
);
CREATE UNIQUE INDEX audit_signing_key_generated_once ON audit_signing_key ((true)) WHERE encrypted_seed IS NOT NULL;
REVOKE UPDATE, DELETE ON audit_signing_key FROM app_rw;
CREATE TRIGGER audit_signing_key_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_signing_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

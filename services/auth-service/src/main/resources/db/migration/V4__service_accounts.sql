-- A machine identity: of one tenant, or of the operator when tenant_id is null.
CREATE TABLE service_account (
    id          uuid PRIMARY KEY,
    tenant_id   uuid REFERENCES tenant (id),
    client_id   text NOT NULL UNIQUE CHECK (client_id ~ '^[A-Za-z0-9._-]{1,100}$'),
    name        text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 200),
    -- Space-delimited as in RFC 6749 section 3.3.
    scope       text NOT NULL CHECK (length(scope) BETWEEN 1 AND 1000),
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    created_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    -- The role of the seven services sees every tenant: it is never given to one.
    CONSTRAINT service_account_service_has_no_tenant
        CHECK (tenant_id IS NULL OR NOT ('service' = ANY (string_to_array(scope, ' '))))
);

CREATE INDEX service_account_tenant_id_idx ON service_account (tenant_id, id) WHERE revoked_at IS NULL;
CALL protect_by_tenant('service_account');

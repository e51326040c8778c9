CREATE TABLE tenant (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL
);

-- A tenant sees its own row only; the id of a tenant is its tenant_id.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenant USING (tenant_visible(id)) WITH CHECK (tenant_visible(id));

CREATE TABLE "user" (
    id                  uuid PRIMARY KEY,
    tenant_id           uuid REFERENCES tenant (id),
    email               text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    name                text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 200),
    role                text NOT NULL CHECK (role IN ('operator', 'owner', 'admin', 'billing', 'member', 'viewer')),
    password_hash       text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    password_changed_at timestamptz NOT NULL,
    created_at          timestamptz NOT NULL,
    -- The operator's staff live in no tenant, and nobody else does.
    CONSTRAINT user_operator_has_no_tenant CHECK ((role = 'operator') = (tenant_id IS NULL))
);

-- One e-mail address is one person, however it is capitalised: this index decides, not the code before it.
CREATE UNIQUE INDEX user_email_key ON "user" (lower(email));
CREATE INDEX user_tenant_id_idx ON "user" (tenant_id, id);
CALL protect_by_tenant('"user"');

-- A session is one login. Its refresh tokens form one family, and die with it.
CREATE TABLE login_session (
    id             uuid PRIMARY KEY,
    user_id        uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    tenant_id      uuid REFERENCES tenant (id),
    client_address text NOT NULL,
    user_agent     text,
    started_at     timestamptz NOT NULL,
    last_used_at   timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    ended_at       timestamptz,
    end_reason     text CHECK (end_reason IN ('logout', 'revoked', 'refresh-reuse', 'password-change', 'role-change')),
    CONSTRAINT login_session_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);

CREATE INDEX login_session_live_idx ON login_session (user_id, id) WHERE ended_at IS NULL;
CREATE INDEX login_session_expires_at_idx ON login_session (expires_at);
CALL protect_by_tenant('login_session');

CREATE TABLE auth_token (
    id          uuid PRIMARY KEY,
    session_id  uuid NOT NULL REFERENCES login_session (id) ON DELETE CASCADE,
    tenant_id   uuid REFERENCES tenant (id),
    -- Unique: a token has at most one child, so that a family is a chain and not a tree.
    parent_id   uuid UNIQUE REFERENCES auth_token (id) ON DELETE CASCADE,
    token_hash  bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    issued_at   timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    consumed_at timestamptz
);

CREATE INDEX auth_token_session_id_idx ON auth_token (session_id);
CALL protect_by_tenant('auth_token');

-- Failures per (account, client address), and per client address under the account '*'.
-- The account is a hash: this table must not become a list of what people typed as their e-mail.
CREATE TABLE login_throttle (
    account         bytea NOT NULL CHECK (octet_length(account) = 32),
    client_address  text NOT NULL,
    attempts        integer NOT NULL CHECK (attempts >= 0),
    last_attempt_at timestamptz NOT NULL,
    blocked_until   timestamptz NOT NULL,
    PRIMARY KEY (account, client_address)
);

CREATE INDEX login_throttle_last_attempt_at_idx ON login_throttle (last_attempt_at);

-- Whoever rotates twice within a day was promised two secrets that sign on: the columns of webhook_endpoint hold the last one
-- before, this table those before that.
CREATE TABLE webhook_earlier_secret (
    id          uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
    tenant_id   uuid NOT NULL,
    secret      bytea NOT NULL,
    valid_until timestamptz NOT NULL
);
CREATE INDEX webhook_earlier_secret_by_endpoint ON webhook_earlier_secret (endpoint_id, valid_until);
CALL protect_by_tenant('webhook_earlier_secret');
REVOKE UPDATE ON webhook_earlier_secret FROM app_rw;

-- A port that is none fails for two days with each message.
UPDATE webhook_endpoint SET enabled = false, disabled_reason = 'its port is not one of 1 to 65535', updated_at = now()
WHERE enabled AND substring(url FROM '^https?://[^/?]*:(\d+)([/?]|$)')::numeric NOT BETWEEN 1 AND 65535;

-- What was asked; parameters hold what the provider was told, without credentials.
CREATE TABLE modeling_input (
    id           uuid PRIMARY KEY,
    tenant_id    uuid NOT NULL,
    operation    text NOT NULL CHECK (operation IN ('forecast', 'explain', 'chat')),
    provider     text NOT NULL CHECK (provider IN ('built-in', 'openai-compatible')),
    parameters   jsonb NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL
);

CREATE INDEX modeling_input_tenant_id_idx ON modeling_input (tenant_id, id);
CALL protect_by_tenant('modeling_input');

-- What was answered; the id is that of the input, since one call has one answer.
CREATE TABLE modeling_output (
    id            uuid PRIMARY KEY REFERENCES modeling_input (id) ON DELETE CASCADE,
    tenant_id     uuid NOT NULL,
    model         text NOT NULL,
    result        jsonb NOT NULL,
    input_tokens  bigint NOT NULL CHECK (input_tokens >= 0),
    output_tokens bigint NOT NULL CHECK (output_tokens >= 0),
    latency_ms    bigint NOT NULL CHECK (latency_ms >= 0),
    completed_at  timestamptz NOT NULL
);

CREATE INDEX modeling_output_tenant_id_idx ON modeling_output (tenant_id);
CALL protect_by_tenant('modeling_output');

-- What was asked and answered is a record: nobody changes it afterwards.
REVOKE UPDATE, DELETE ON modeling_input FROM app_rw;
REVOKE UPDATE, DELETE ON modeling_output FROM app_rw;

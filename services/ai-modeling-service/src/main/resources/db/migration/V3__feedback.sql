-- One opinion per person and generation; a second one replaces the first.
CREATE TABLE modeling_feedback (
    id            uuid PRIMARY KEY,
    tenant_id     uuid NOT NULL,
    generation_id uuid NOT NULL REFERENCES modeling_input (id) ON DELETE CASCADE,
    given_by      text NOT NULL,
    rating        integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
    comment       text CHECK (length(comment) <= 4000),
    given_at      timestamptz NOT NULL,
    UNIQUE (generation_id, given_by)
);

CREATE INDEX modeling_feedback_tenant_id_idx ON modeling_feedback (tenant_id, id);
CALL protect_by_tenant('modeling_feedback');

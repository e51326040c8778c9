-- What the seven services poll: a session, or all tokens of a subject issued before revoked_at.
-- A row can go once the last access token it concerns has expired.
CREATE TABLE revocation (
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id uuid,
    subject    text,
    revoked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT revocation_names_one CHECK ((session_id IS NULL) <> (subject IS NULL))
);

CREATE INDEX revocation_expires_at_idx ON revocation (expires_at);

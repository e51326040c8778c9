CREATE TABLE signing_key (
    id           uuid PRIMARY KEY,
    kid          text NOT NULL UNIQUE,
    state        text NOT NULL CHECK (state IN ('NEXT', 'ACTIVE', 'RETIRED')),
    -- X.509 SubjectPublicKeyInfo.
    public_key   bytea NOT NULL,
    -- PKCS #8 under AES-256-GCM: 12 bytes of nonce, then the ciphertext with its tag.
    private_key  bytea NOT NULL,
    published_at timestamptz NOT NULL,
    activated_at timestamptz,
    retired_at   timestamptz,
    CONSTRAINT signing_key_active_since CHECK ((state = 'NEXT') = (activated_at IS NULL)),
    CONSTRAINT signing_key_retired_since CHECK ((state = 'RETIRED') = (retired_at IS NOT NULL))
);

-- One key signs and one waits: two replicas that both create or rotate cannot both win.
CREATE UNIQUE INDEX signing_key_one_in_use ON signing_key (state) WHERE state <> 'RETIRED';

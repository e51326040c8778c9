-- A key is held here, encrypted, or by Vault's transit engine, which signs with it and never gives it away.
ALTER TABLE signing_key
    ALTER COLUMN private_key DROP NOT NULL,
    ADD COLUMN transit_version integer UNIQUE CHECK (transit_version > 0),
    ADD CONSTRAINT signing_key_held_once CHECK ((private_key IS NULL) <> (transit_version IS NULL));

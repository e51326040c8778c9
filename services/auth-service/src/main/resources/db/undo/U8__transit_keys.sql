-- Keys that only Vault can sign with mean nothing to the version before: it makes its own at its start.
DELETE FROM signing_key WHERE private_key IS NULL;
ALTER TABLE signing_key
    DROP CONSTRAINT signing_key_held_once,
    DROP COLUMN transit_version,
    ALTER COLUMN private_key SET NOT NULL;

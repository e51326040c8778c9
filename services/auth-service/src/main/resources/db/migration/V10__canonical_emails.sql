-- One mailbox is one person, however its address is spelt. The service computes the one spelling (Unicode's case folding and
-- IDNA are not SQL's); for an address of ASCII it is the same in lower case. Older addresses beyond ASCII get theirs from the
-- service at its next start, if no other user has it.
ALTER TABLE "user" ADD COLUMN email_canonical varchar;
UPDATE "user" SET email_canonical = CASE WHEN email ~ '[^ -~]' THEN lower(email) ELSE lower(email COLLATE "C") END;
ALTER TABLE "user"
    ALTER COLUMN email_canonical SET NOT NULL,
    ADD CONSTRAINT user_email_canonical_of_ascii
        CHECK (email ~ '[^ -~]' OR email_canonical = lower(email COLLATE "C")),
    ADD CONSTRAINT user_email_canonical_key UNIQUE (email_canonical);
DROP INDEX user_email_key;

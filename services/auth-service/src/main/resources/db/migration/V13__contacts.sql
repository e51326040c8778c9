-- The owner to whom a tenant's mails go. Deferred: a tenant and its first owner are made together.
ALTER TABLE tenant
    ADD COLUMN contact_user_id uuid CONSTRAINT tenant_contact_is_a_user REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED;

-- Until now mails went to whoever signed up, or, after a hand-over, to somebody who is no owner any more.
UPDATE tenant t
SET contact_user_id = (SELECT u.id FROM "user" u WHERE u.tenant_id = t.id AND u.role = 'owner' ORDER BY u.id LIMIT 1);

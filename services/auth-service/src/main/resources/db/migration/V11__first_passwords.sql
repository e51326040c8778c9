-- A password that somebody else chose opens nothing but its own change.
ALTER TABLE "user" ADD COLUMN password_by_another boolean NOT NULL DEFAULT false;

-- Whoever signed up came with the tenant, in the same instant; the others were added with a password by somebody else.
UPDATE "user" u
SET password_by_another = true
WHERE tenant_id IS NOT NULL
    AND password_changed_at = created_at
    AND NOT EXISTS (SELECT 1 FROM tenant t WHERE t.id = u.tenant_id AND t.created_at = u.created_at);

CREATE UNIQUE INDEX user_email_key ON "user" (lower(email));
ALTER TABLE "user" DROP COLUMN email_canonical;

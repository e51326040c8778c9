ALTER TABLE "user" DROP COLUMN password_by_another;

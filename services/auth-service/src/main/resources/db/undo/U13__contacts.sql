ALTER TABLE tenant DROP COLUMN contact_user_id;

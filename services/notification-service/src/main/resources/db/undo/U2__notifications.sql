DROP TABLE notification_contact;
DROP TABLE notification_opt_out;
DROP TABLE notification_attempt;
DROP TABLE notification;
DROP TABLE webhook_endpoint;
ALTER TABLE notification_template DROP CONSTRAINT current_version_exists;
DROP TABLE notification_template_version;
DROP TABLE notification_template;

UPDATE notification_template SET built_in = true, deleted_at = NULL, description = 'Sent to the customer when an invoice is paid'
WHERE name = 'invoice-paid';
UPDATE notification_template template SET current_version = (
    SELECT max(version) FROM notification_template_version before
    WHERE before.template_id = template.id AND before.created_by = 'countinghouse' AND before.version < mail.version)
FROM notification_template_version mail
WHERE mail.template_id = template.id AND mail.version = template.current_version AND mail.id IN
    ('01980000-0000-7000-8000-000000000061',
     '01980000-0000-7000-8000-000000000062',
     '01980000-0000-7000-8000-000000000063',
     '01980000-0000-7000-8000-000000000064',
     '01980000-0000-7000-8000-000000000065',
     '01980000-0000-7000-8000-000000000066',
     '01980000-0000-7000-8000-000000000067');
DELETE FROM notification_template_version WHERE id IN
    ('01980000-0000-7000-8000-000000000061',
     '01980000-0000-7000-8000-000000000062',
     '01980000-0000-7000-8000-000000000063',
     '01980000-0000-7000-8000-000000000064',
     '01980000-0000-7000-8000-000000000065',
     '01980000-0000-7000-8000-000000000066',
     '01980000-0000-7000-8000-000000000067');
ALTER TABLE notification DROP CONSTRAINT attachment_of_mail;
ALTER TABLE notification DROP COLUMN attachment_name;
ALTER TABLE notification DROP COLUMN attached_invoice_id;

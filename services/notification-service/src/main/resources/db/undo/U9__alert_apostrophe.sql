UPDATE notification_template template SET current_version = mail.version
FROM notification_template_version mended, notification_template_version mail
WHERE mended.id = '01980000-0000-7000-8000-000000000070' AND mail.id = '01980000-0000-7000-8000-000000000066'
    AND template.id = mail.template_id AND template.current_version = mended.version;
DELETE FROM notification_template_version WHERE id = '01980000-0000-7000-8000-000000000070';

-- A mail that the product itself wrote lacked a letter. An operator's own version stays the one that is sent.
INSERT INTO notification_template_version
    (id, template_id, version, subject, text, html, variables, created_at, created_by)
SELECT '01980000-0000-7000-8000-000000000070', mail.template_id,
    (SELECT max(version) + 1 FROM notification_template_version WHERE template_id = mail.template_id),
    mail.subject, replace(mail.text, 'The alerts threshold', 'The alert''s threshold'),
    replace(mail.html, 'The alerts threshold', 'The alert''s threshold'), mail.variables, mail.created_at, mail.created_by
FROM notification_template_version mail
WHERE mail.id = '01980000-0000-7000-8000-000000000066';
UPDATE notification_template template SET current_version = mended.version
FROM notification_template_version mended, notification_template_version mail
WHERE mended.id = '01980000-0000-7000-8000-000000000070' AND mail.id = '01980000-0000-7000-8000-000000000066'
    AND template.id = mail.template_id AND template.current_version = mail.version;

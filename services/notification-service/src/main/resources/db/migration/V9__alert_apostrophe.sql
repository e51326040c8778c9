-- A mail that the product itself wrote lacked a letter.
UPDATE notification_template_version
SET text = replace(text, 'The alerts threshold', 'The alert''s threshold'),
    html = replace(html, 'The alerts threshold', 'The alert''s threshold')
WHERE id = '01980000-0000-7000-8000-000000000066';

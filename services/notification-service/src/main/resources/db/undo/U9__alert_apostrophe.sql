UPDATE notification_template_version
SET text = replace(text, 'The alert''s threshold', 'The alerts threshold'),
    html = replace(html, 'The alert''s threshold', 'The alerts threshold')
WHERE id = '01980000-0000-7000-8000-000000000066';

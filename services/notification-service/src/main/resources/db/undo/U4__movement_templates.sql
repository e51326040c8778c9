UPDATE notification_template SET current_version = 1
WHERE name = 'invoice-paid' AND current_version = 2
    AND EXISTS (SELECT FROM notification_template_version WHERE id = '01980000-0000-7000-8000-000000000053');
DELETE FROM notification_template_version WHERE id = '01980000-0000-7000-8000-000000000053';
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM notification_template_version WHERE template_id IN
    ('01980000-0000-7000-8000-000000000041', '01980000-0000-7000-8000-000000000042');
DELETE FROM notification_template WHERE id IN
    ('01980000-0000-7000-8000-000000000041', '01980000-0000-7000-8000-000000000042');

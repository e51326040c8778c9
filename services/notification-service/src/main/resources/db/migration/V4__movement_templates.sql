-- A mail says what moved: a payment and a credit note have templates of their own, with their own amounts. The mail about
-- a paid invoice no longer says that its total was received: a part of it may have been credited.
INSERT INTO notification_template (id, name, category, description, built_in, current_version, created_at)
VALUES
    ('01980000-0000-7000-8000-000000000041', 'payment-recorded', 'invoices', 'Sent to the customer when a payment is booked', true, 1, '2026-01-01T00:00:00Z'),
    ('01980000-0000-7000-8000-000000000042', 'credit-note-issued', 'invoices', 'Sent to the customer when a credit note is issued', true, 1, '2026-01-01T00:00:00Z');

INSERT INTO notification_template_version
    (id, template_id, version, subject, text, html, variables, created_at, created_by)
VALUES
    ('01980000-0000-7000-8000-000000000051', '01980000-0000-7000-8000-000000000041', 1,
     'Payment received for invoice {number}',
     E'Dear {customer_name},\n\nthank you. We received {amount} {currency} for invoice {number} on {paid_date}. {due} {currency} is left to pay.\n\nThe invoice as PDF: {pdf_url}\n',
     E'<p>Dear {customer_name},</p>\n<p>thank you. We received <b>{amount} {currency}</b> for invoice <b>{number}</b> on {paid_date}. {due} {currency} is left to pay.</p>\n<p><a href="{pdf_url}">The invoice as PDF</a></p>\n',
     'customer_name,number,amount,due,currency,paid_date,pdf_url', '2026-01-01T00:00:00Z', 'countinghouse'),
    ('01980000-0000-7000-8000-000000000052', '01980000-0000-7000-8000-000000000042', 1,
     'Credit note {credit_note_number} for invoice {number}',
     E'Dear {customer_name},\n\nwe credited {amount} {currency} of invoice {number} by credit note {credit_note_number}. {due} {currency} is left to pay.\n\nThe invoice as PDF: {pdf_url}\n',
     E'<p>Dear {customer_name},</p>\n<p>we credited <b>{amount} {currency}</b> of invoice <b>{number}</b> by credit note <b>{credit_note_number}</b>. {due} {currency} is left to pay.</p>\n<p><a href="{pdf_url}">The invoice as PDF</a></p>\n',
     'customer_name,number,credit_note_number,amount,due,currency,pdf_url', '2026-01-01T00:00:00Z', 'countinghouse');

-- Where an operator wrote a version of its own, that one stays.
INSERT INTO notification_template_version
    (id, template_id, version, subject, text, html, variables, created_at, created_by)
SELECT
    '01980000-0000-7000-8000-000000000053', id, 2,
    'Invoice {number} is settled',
    E'Dear {customer_name},\n\ninvoice {number} over {total} {currency} is settled since {paid_date}. Nothing is left to pay. Thank you.\n\nThe invoice as PDF: {pdf_url}\n',
    E'<p>Dear {customer_name},</p>\n<p>invoice <b>{number}</b> over {total} {currency} is settled since {paid_date}. Nothing is left to pay. Thank you.</p>\n<p><a href="{pdf_url}">The invoice as PDF</a></p>\n',
    'customer_name,number,total,currency,paid_date,pdf_url', '2026-01-01T00:00:00Z', 'countinghouse'
FROM notification_template WHERE name = 'invoice-paid' AND current_version = 1;
UPDATE notification_template SET current_version = 2 WHERE name = 'invoice-paid' AND current_version = 1;

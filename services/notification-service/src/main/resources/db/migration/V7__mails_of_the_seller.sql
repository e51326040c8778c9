-- The PDF of an invoice that goes with a mail; it is fetched when the mail is sent.
ALTER TABLE notification ADD COLUMN attached_invoice_id uuid;
ALTER TABLE notification ADD COLUMN attachment_name varchar;
ALTER TABLE notification ADD CONSTRAINT attachment_of_mail CHECK (
    (attached_invoice_id IS NULL) = (attachment_name IS NULL) AND (attached_invoice_id IS NULL OR channel = 'email'));

-- Mails come from the seller, whose name {sender_name} is; each has the link to the PDF that opens without a login. Nothing
-- that a stranger can choose stands in a subject, nor in a mail to an address that nobody has verified.
INSERT INTO notification_template_version
    (id, template_id, version, subject, text, html, variables, created_at, created_by)
SELECT mail.id::uuid, template.id,
    (SELECT max(version) + 1 FROM notification_template_version WHERE template_id = template.id),
    mail.subject, mail.text || E'\n\n{sender_name}\n',
    E'<div style="max-width: 40em; font: 16px/1.5 Arial, Helvetica, sans-serif; color: #222">\n' || mail.html
        || E'\n<p style="color: #666">{sender_name}</p>\n</div>\n',
    mail.variables || ',sender_name', '2026-01-01T00:00:00Z', 'countinghouse'
FROM (VALUES
     ('01980000-0000-7000-8000-000000000061', 'welcome',
      'Your account at {sender_name}',
      E'Hello,\n\nan account at {sender_name} was opened with the address {email}. You can log in with it, choose a plan, and send your first usage event.\n\nYou did not ask for this? Then you need not do anything.',
      E'<p>Hello,</p>\n<p>an account at {sender_name} was opened with the address <b>{email}</b>. You can log in with it, choose a plan, and send your first usage event.</p>\n<p>You did not ask for this? Then you need not do anything.</p>',
      'owner_name,tenant_name,email'),
     ('01980000-0000-7000-8000-000000000062', 'invoice-finalized',
      'Invoice {number}: {total} {currency}',
      E'Dear {customer_name},\n\nyour invoice {number} over {total} {currency} has been issued. It is due on {due_date}.\n\nThe invoice as PDF, until {pdf_until}:\n{pdf_url}',
      E'<p>Dear {customer_name},</p>\n<p>your invoice <b>{number}</b> over <b>{total} {currency}</b> has been issued. It is due on {due_date}.</p>\n<p><a href="{pdf_url}">The invoice as PDF</a> (until {pdf_until})</p>',
      'customer_name,number,total,currency,due_date,pdf_url,pdf_until'),
     ('01980000-0000-7000-8000-000000000063', 'invoice-voided',
      'Invoice {number} is void',
      E'Dear {customer_name},\n\ninvoice {number} over {total} {currency} is void. Nothing is to be paid for it.',
      E'<p>Dear {customer_name},</p>\n<p>invoice <b>{number}</b> over {total} {currency} is void. Nothing is to be paid for it.</p>',
      'customer_name,number,total,currency'),
     ('01980000-0000-7000-8000-000000000064', 'payment-recorded',
      'Payment received for invoice {number}',
      E'Dear {customer_name},\n\nthank you. We received {amount} {currency} for invoice {number} on {paid_date}. {#if settled}The invoice is settled: nothing is left to pay.{#else}{due} {currency} is left to pay.{/if}\n\nThe invoice as PDF, until {pdf_until}:\n{pdf_url}',
      E'<p>Dear {customer_name},</p>\n<p>thank you. We received <b>{amount} {currency}</b> for invoice <b>{number}</b> on {paid_date}. {#if settled}The invoice is settled: nothing is left to pay.{#else}{due} {currency} is left to pay.{/if}</p>\n<p><a href="{pdf_url}">The invoice as PDF</a> (until {pdf_until})</p>',
      'customer_name,number,amount,due,settled,currency,paid_date,pdf_url,pdf_until'),
     ('01980000-0000-7000-8000-000000000065', 'credit-note-issued',
      'Credit note {credit_note_number} for invoice {number}',
      E'Dear {customer_name},\n\nwe credited {amount} {currency} of invoice {number} by credit note {credit_note_number}. {#if settled}The invoice is settled: nothing is left to pay.{#else}{due} {currency} is left to pay.{/if}\n\nThe invoice as PDF, until {pdf_until}:\n{pdf_url}',
      E'<p>Dear {customer_name},</p>\n<p>we credited <b>{amount} {currency}</b> of invoice <b>{number}</b> by credit note <b>{credit_note_number}</b>. {#if settled}The invoice is settled: nothing is left to pay.{#else}{due} {currency} is left to pay.{/if}</p>\n<p><a href="{pdf_url}">The invoice as PDF</a> (until {pdf_until})</p>',
      'customer_name,number,credit_note_number,amount,due,settled,currency,pdf_url,pdf_until'),
     ('01980000-0000-7000-8000-000000000066', 'alert-triggered',
      'A usage alert was triggered',
      E'Hello,\n\n{meter} has reached {value}. The alerts threshold is {threshold}, counted from {period_start}.',
      E'<p>Hello,</p>\n<p><b>{meter}</b> has reached <b>{value}</b>. The alerts threshold is {threshold}, counted from {period_start}.</p>',
      'alert_name,meter,value,threshold,period_start'),
     ('01980000-0000-7000-8000-000000000067', 'subscription-changed',
      'Your subscription was {change}',
      E'Hello,\n\nyour subscription was {change}. Plan: {plan_code}, version {plan_version}.',
      E'<p>Hello,</p>\n<p>your subscription was <b>{change}</b>. Plan: {plan_code}, version {plan_version}.</p>',
      'change,plan_code,plan_version')
    ) AS mail (id, name, subject, text, html, variables)
    JOIN notification_template template ON template.name = mail.name AND template.built_in;

-- Where an operator wrote a version of its own, that one stays.
UPDATE notification_template template SET current_version = mail.version
FROM notification_template_version mail, notification_template_version before
WHERE mail.template_id = template.id AND mail.id IN
    ('01980000-0000-7000-8000-000000000061',
     '01980000-0000-7000-8000-000000000062',
     '01980000-0000-7000-8000-000000000063',
     '01980000-0000-7000-8000-000000000064',
     '01980000-0000-7000-8000-000000000065',
     '01980000-0000-7000-8000-000000000066',
     '01980000-0000-7000-8000-000000000067')
    AND before.template_id = template.id AND before.version = template.current_version AND before.created_by = 'countinghouse';

-- The payment or credit note that settles an invoice says so: no mail is made of this one any more.
UPDATE notification_template SET built_in = false, description = 'Not sent any more: payment-recorded and credit-note-issued say it'
WHERE name = 'invoice-paid';

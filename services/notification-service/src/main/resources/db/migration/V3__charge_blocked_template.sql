-- The operator's mail about prices that were left out of a bill.
INSERT INTO notification_template (id, name, category, description, built_in, current_version, created_at)
VALUES
    ('01980000-0000-7000-8000-000000000007', 'charge-blocked', 'account', 'Sent to the operator when a bill was made without some of its prices', true, 1, '2026-01-01T00:00:00Z');

INSERT INTO notification_template_version
    (id, template_id, version, subject, text, html, variables, created_at, created_by)
VALUES
    ('01980000-0000-7000-8000-000000000017', '01980000-0000-7000-8000-000000000007', 1,
     'Charges are blocked: {count} of period {period_id}',
     E'The period from {period_start} of {customer_name} (tenant {tenant_id}, plan {plan_code}) was billed without:\n\n{charges}\n\nMend the usage or the meter, then bill the rest: POST /v1/billing/periods/{period_id}/supplement\n',
     E'<p>The period from {period_start} of {customer_name} (tenant {tenant_id}, plan {plan_code}) was billed without:</p>\n<p>{charges}</p>\n<p>Mend the usage or the meter, then bill the rest: <code>POST /v1/billing/periods/{period_id}/supplement</code></p>\n',
     'count,customer_name,tenant_id,plan_code,period_id,period_start,charges', '2026-01-01T00:00:00Z', 'countinghouse');

-- One tenant, one period of it billed for 500 units at 0.02 and a fee, and what its invoice wrote into the ledger.
INSERT INTO subscription_plan VALUES
    ('018f0000-0000-7000-8000-000000000001', 'basic', 'Basic', 'EUR', 'monthly', 1, '2026-01-01T00:00:00Z');
INSERT INTO plan_version VALUES
    ('018f0000-0000-7000-8000-000000000002', '018f0000-0000-7000-8000-000000000001', 1, '2026-01-01T00:00:00Z');
INSERT INTO plan_price VALUES
    ('018f0000-0000-7000-8000-000000000003', '018f0000-0000-7000-8000-000000000002', 1, 'units', 'units', 'per_unit', '{}'),
    ('018f0000-0000-7000-8000-000000000004', '018f0000-0000-7000-8000-000000000002', 2, 'fee', NULL, 'flat', '{}');
INSERT INTO subscription VALUES
    ('018f0000-0000-7000-8000-000000000005', '018f0000-0000-7000-8000-00000000000a', 1, '2026-01-01T00:00:00Z', NULL,
     NULL, '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, '2026-01-01T00:00:00Z');
INSERT INTO billing_period VALUES
    ('018f0000-0000-7000-8000-000000000006', '018f0000-0000-7000-8000-000000000005',
     '018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-000000000002', 'basic', 'Basic', 1,
     '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '1000', 'EUR', 15.0000, '{}', NULL, '2026-02-01T00:00:01Z');
INSERT INTO billing_line VALUES
    ('018f0000-0000-7000-8000-000000000006', 1, '018f0000-0000-7000-8000-00000000000a',
     '018f0000-0000-7000-8000-000000000003', 1, 'units', 'per_unit', 'units', 500, 10.0000, 'EUR', '{}'),
    ('018f0000-0000-7000-8000-000000000006', 2, '018f0000-0000-7000-8000-00000000000a',
     '018f0000-0000-7000-8000-000000000004', 1, 'fee', 'flat', NULL, 1, 5.0000, 'EUR', '{}');
INSERT INTO billing_event (id, tenant_id, sequence, type, period_id, amount, currency, details, occurred_at)
SELECT gen_random_uuid(), '018f0000-0000-7000-8000-00000000000a', sequence, type,
       '018f0000-0000-7000-8000-000000000006', amount, CASE WHEN amount IS NOT NULL THEN 'EUR' END,
       '{"invoice_id": "018f0000-0000-7000-8000-000000000007"}'::jsonb || details::jsonb, '2026-02-01T00:00:01Z'
FROM (VALUES (1, 'period_charge', 10, '{}'), (2, 'period_charge', 5, '{}'), (3, 'period_closed', 15, '{}'),
             (4, 'invoice_finalized', 17.85, '{}'),
             (5, 'payment_recorded', -17.85, '{"payment_id": "018f0000-0000-7000-8000-000000000008"}'),
             (6, 'invoice_paid', NULL, '{}')) AS e (sequence, type, amount, details);
INSERT INTO billing_event_sequence VALUES ('018f0000-0000-7000-8000-00000000000a', 6);

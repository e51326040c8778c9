-- 500 units of that period below the cut-off that was billed, and one event above it.
SELECT setval('usage_sequence', 1);
INSERT INTO meter VALUES
    ('018f0000-0000-7000-8000-000000000009', 'units', 'Units', 'unit.used', 'sum', 'units', '{}', '2026-01-01T00:00:00Z');
INSERT INTO usage_event (id, tenant_id, sequence, source, event_id, type, time, data, received_at)
SELECT gen_random_uuid(), '018f0000-0000-7000-8000-00000000000a', CASE n WHEN 100 THEN 1001 ELSE n + 1 END, 'fixture', n,
       'unit.used', '2026-01-15T00:00:00Z', '{"units": "5"}', '2026-01-15T00:00:01Z'
FROM generate_series(0, 100) n;
INSERT INTO usage_metrics (event_id, meter_id, tenant_id, sequence, time, value, groups)
SELECT id, '018f0000-0000-7000-8000-000000000009', tenant_id, sequence, time, 5, '{}' FROM usage_event;
SELECT setval('usage_sequence', 2000);

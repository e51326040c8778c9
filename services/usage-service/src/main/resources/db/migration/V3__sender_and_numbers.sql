-- Who pays does not write the meter. Where an installation lets customers report their own usage, what they report is
-- kept under a source that no other sender can use, so that it never takes the name of the operator's event.
ALTER TABLE usage_event
    ADD COLUMN self_reported boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT usage_event_source_of_sender CHECK (self_reported = starts_with(source, 'self-reported/'));

-- A meter says which numbers it takes. unmeasured_events were there before it and are none of its: they count as nothing.
ALTER TABLE meter
    ADD COLUMN allow_negative boolean NOT NULL DEFAULT false,
    ADD COLUMN unmeasured_events bigint NOT NULL DEFAULT 0 CHECK (unmeasured_events >= 0),
    ADD CONSTRAINT meter_allow_negative CHECK (NOT allow_negative OR aggregation IN ('sum', 'min', 'max', 'latest'));

-- The number of a property: a JSON number in any notation, or a text that is a plain decimal; null when there is none
-- that needs at most 30 digits on each side of the point.
CREATE OR REPLACE FUNCTION usage_number(data jsonb, property text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE jsonb_typeof(data -> property)
        WHEN 'number' THEN
            CASE WHEN abs((data ->> property)::numeric) < 1e30 AND min_scale((data ->> property)::numeric) <= 30
                 THEN trim_scale((data ->> property)::numeric) END
        WHEN 'string' THEN
            CASE WHEN data ->> property ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$' THEN (data ->> property)::numeric END
    END;

-- The text of a property by which values are told apart: 100, 100.0 and 1e2 are one number.
CREATE FUNCTION usage_text(data jsonb, property text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN jsonb_typeof(data -> property) = 'number' THEN trim_scale((data ->> property)::numeric)::text
                ELSE data ->> property END;

CREATE OR REPLACE FUNCTION usage_groups(data jsonb, properties varchar[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(jsonb_object_agg(p.name, usage_text(data, p.name)), '{}')
            FROM unnest(properties) AS p (name));

-- Whether a meter takes an event: the same rule as Meter.refuses, for events that were there before the meter.
CREATE FUNCTION usage_measurable(data jsonb, property text, aggregation text, allow_negative boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN property IS NULL THEN true
        WHEN aggregation = 'unique_count'
            THEN coalesce(jsonb_typeof(data -> property) IN ('number', 'string', 'boolean'), false)
        ELSE coalesce(usage_number(data, property) >= 0 OR allow_negative AND usage_number(data, property) < 0, false)
    END;

DROP FUNCTION usage_measurable(jsonb, text, text, boolean);

CREATE OR REPLACE FUNCTION usage_groups(data jsonb, properties varchar[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(jsonb_object_agg(p.name, data ->> p.name), '{}')
            FROM unnest(properties) AS p (name));

DROP FUNCTION usage_text(jsonb, text);

CREATE OR REPLACE FUNCTION usage_number(data jsonb, property text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN data ->> property ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$' THEN (data ->> property)::numeric END;

ALTER TABLE meter DROP COLUMN unmeasured_events, DROP COLUMN allow_negative;
ALTER TABLE usage_event DROP COLUMN self_reported;

-- An invoice on which nothing is due is settled: paid, or credited when credit notes alone settled it. What credit notes
-- took of net and tax is kept apart, so that neither can exceed the invoice. A draft is given its customer and its
-- taxes when it is finalized, and says when it waits for a customer's profile.

ALTER TABLE invoices
    ADD COLUMN credited_net numeric(38,4) NOT NULL DEFAULT 0 CHECK (credited_net >= 0),
    ADD COLUMN credited_tax numeric(38,4) NOT NULL DEFAULT 0 CHECK (credited_tax >= 0),
    ADD COLUMN waiting_for varchar CHECK (waiting_for IN ('customer')),
    ADD CONSTRAINT invoices_waiting_check CHECK (waiting_for IS NULL OR status = 'draft'),
    DROP CONSTRAINT invoices_status_check,
    ADD CONSTRAINT invoices_status_check CHECK (status IN ('draft', 'finalized', 'paid', 'credited', 'void'));
CREATE INDEX invoices_waiting ON invoices (waiting_for, id) WHERE waiting_for IS NOT NULL;

-- Each note says what it took of each rate: an object with the list of them.
ALTER TABLE credit_note ADD COLUMN taxes jsonb;
ALTER TABLE credit_note DISABLE TRIGGER credit_note_append_only;
UPDATE credit_note n
SET taxes = jsonb_build_object('groups', jsonb_build_array(jsonb_build_object(
        'position', 1, 'code', t.code, 'rate', trim_scale(t.rate_percent)::text,
        'net', n.net::text, 'tax', n.tax::text)))
FROM invoice_tax t
WHERE t.invoice_id = n.invoice_id AND t.position = 1;
ALTER TABLE credit_note ENABLE TRIGGER credit_note_append_only;
ALTER TABLE credit_note ALTER COLUMN taxes SET NOT NULL;

CREATE OR REPLACE FUNCTION keep_issued_invoice() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    moving CONSTANT varchar[] :=
        ARRAY['status', 'paid', 'credited', 'credited_net', 'credited_tax', 'paid_at', 'voided_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.number IS NOT NULL THEN
            RAISE EXCEPTION 'invoice % was issued and is kept', OLD.number USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.number IS NOT NULL AND (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving) THEN
        RAISE EXCEPTION 'invoice % was issued and does not change', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    -- An invoice over nothing is paid from the start: it may still be void, since no money moved.
    IF OLD.status <> NEW.status
       AND NOT (OLD.status = 'draft' AND NEW.status IN ('finalized', 'paid')
            OR OLD.status = 'finalized' AND NEW.status IN ('paid', 'credited', 'void')
            OR OLD.status = 'paid' AND NEW.status = 'void' AND OLD.total = 0) THEN
        RAISE EXCEPTION 'invoice % is % and does not become %', OLD.number, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

-- Notes of before may have taken a cent of tax too much and of net too little; their totals hold.
UPDATE invoices i
SET credited_tax = least(n.tax, i.tax), credited_net = i.credited - least(n.tax, i.tax)
FROM (SELECT invoice_id, sum(tax) AS tax FROM credit_note GROUP BY invoice_id) n
WHERE n.invoice_id = i.id;

UPDATE invoices i
SET status = CASE WHEN paid > 0 OR total = 0 THEN 'paid' ELSE 'credited' END,
    paid_at = CASE WHEN paid > 0 OR total = 0 THEN greatest(
        issued_at,
        (SELECT max(received_at) FROM payment p WHERE p.invoice_id = i.id),
        (SELECT max(n.issued_at) FROM credit_note n WHERE n.invoice_id = i.id)) END
WHERE status = 'finalized' AND paid + credited >= total;

ALTER TABLE invoices
    ADD CONSTRAINT invoices_credited_parts CHECK (credited = credited_net + credited_tax),
    ADD CONSTRAINT invoices_credited_net_most CHECK (credited_net <= net),
    ADD CONSTRAINT invoices_credited_tax_most CHECK (credited_tax <= tax),
    ADD CONSTRAINT invoices_settled CHECK (CASE status
        WHEN 'finalized' THEN paid + credited < total
        WHEN 'paid' THEN paid + credited >= total AND (paid > 0 OR total = 0)
        WHEN 'credited' THEN paid = 0 AND credited = total AND total > 0
        ELSE paid = 0 AND credited = 0
    END);

-- The taxes of a draft are made anew with its customer; those of an issued invoice stay.
DROP TRIGGER invoice_tax_append_only ON invoice_tax;
CREATE TRIGGER invoice_tax_append_only BEFORE UPDATE OR TRUNCATE ON invoice_tax
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION keep_issued_tax() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM invoices WHERE id = OLD.invoice_id AND number IS NULL) THEN
        RAISE EXCEPTION 'the invoice % was issued and keeps its taxes', OLD.invoice_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER invoice_tax_issued BEFORE DELETE ON invoice_tax
    FOR EACH ROW EXECUTE FUNCTION keep_issued_tax();
GRANT DELETE ON invoice_tax TO app_rw;

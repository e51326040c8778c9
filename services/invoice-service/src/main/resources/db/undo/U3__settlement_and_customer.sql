REVOKE DELETE ON invoice_tax FROM app_rw;
DROP TRIGGER invoice_tax_issued ON invoice_tax;
DROP FUNCTION keep_issued_tax();
DROP TRIGGER invoice_tax_append_only ON invoice_tax;
CREATE TRIGGER invoice_tax_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_tax
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE invoices
    DROP CONSTRAINT invoices_settled,
    DROP CONSTRAINT invoices_credited_tax_most,
    DROP CONSTRAINT invoices_credited_net_most,
    DROP CONSTRAINT invoices_credited_parts;
-- The version before knows an invoice that credit notes settled as finalized.
ALTER TABLE invoices DISABLE TRIGGER invoices_issued;
UPDATE invoices SET status = 'finalized' WHERE status = 'credited';
ALTER TABLE invoices ENABLE TRIGGER invoices_issued;

CREATE OR REPLACE FUNCTION keep_issued_invoice() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.number IS NOT NULL THEN
            RAISE EXCEPTION 'invoice % was issued and is kept', OLD.number USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.number IS NOT NULL
       AND (to_jsonb(OLD) - ARRAY['status', 'paid', 'credited', 'paid_at', 'voided_at'])
           IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['status', 'paid', 'credited', 'paid_at', 'voided_at']) THEN
        RAISE EXCEPTION 'invoice % was issued and does not change', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status = 'void' OR (OLD.status = 'paid' AND NEW.status <> 'paid')
       OR (OLD.status = 'finalized' AND NEW.status = 'draft') THEN
        RAISE EXCEPTION 'invoice % is % and does not become %', OLD.number, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

DROP INDEX invoices_waiting;
ALTER TABLE invoices
    DROP CONSTRAINT invoices_waiting_check,
    DROP COLUMN credited_net,
    DROP COLUMN credited_tax,
    DROP COLUMN waiting_for,
    DROP CONSTRAINT invoices_status_check,
    ADD CONSTRAINT invoices_status_check CHECK (status IN ('draft', 'finalized', 'paid', 'void'));
ALTER TABLE credit_note DROP COLUMN taxes;

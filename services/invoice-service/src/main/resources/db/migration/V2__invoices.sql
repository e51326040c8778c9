-- Invoices, their numbers, payments and credit notes. Constraints carry the invariants: one invoice for a period,
-- numbers without gaps, nothing changes once it was issued.

-- The next number of a series; its row is locked while a number is taken, so a number that is rolled back is reused.
CREATE TABLE number_series (
    name varchar PRIMARY KEY,
    last bigint NOT NULL CHECK (last >= 0)
);

CREATE TABLE invoices (
    id              uuid PRIMARY KEY,
    tenant_id       uuid NOT NULL,
    status          varchar NOT NULL CHECK (status IN ('draft', 'finalized', 'paid', 'void')),
    number          varchar UNIQUE,
    period_id       uuid,
    subscription_id uuid,
    plan_code       varchar NOT NULL,
    plan_name       varchar NOT NULL,
    plan_version    integer NOT NULL,
    period_start    timestamptz NOT NULL,
    period_end      timestamptz NOT NULL,
    usage_cutoff    varchar,
    customer        jsonb NOT NULL,
    seller          jsonb,
    currency        varchar NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    net             numeric(38,4) NOT NULL CHECK (net >= 0),
    tax             numeric(38,4) NOT NULL CHECK (tax >= 0),
    total           numeric(38,4) NOT NULL,
    paid            numeric(38,4) NOT NULL CHECK (paid >= 0),
    credited        numeric(38,4) NOT NULL CHECK (credited >= 0),
    created_at      timestamptz NOT NULL,
    issued_at       timestamptz,
    due_at          timestamptz,
    paid_at         timestamptz,
    voided_at       timestamptz,
    CHECK (total = net + tax),
    CHECK (paid <= total),
    CHECK (credited <= total),
    -- A draft has no number; whatever was issued keeps its own, a void invoice too.
    CHECK ((status = 'draft') = (number IS NULL)),
    CHECK ((number IS NULL) = (issued_at IS NULL)),
    CHECK ((number IS NULL) = (due_at IS NULL)),
    CHECK ((number IS NULL) = (seller IS NULL)),
    CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
    CHECK ((status = 'void') = (voided_at IS NOT NULL))
);
-- A void invoice makes room for one that is right.
CREATE UNIQUE INDEX one_invoice_per_period ON invoices (period_id) WHERE status <> 'void';
CREATE INDEX invoices_tenant ON invoices (tenant_id, id);
CREATE INDEX invoices_status ON invoices (status, id);
CALL protect_by_tenant('invoices');

CREATE TABLE invoice_line (
    invoice_id    uuid NOT NULL REFERENCES invoices,
    position      integer NOT NULL CHECK (position >= 1),
    tenant_id     uuid NOT NULL,
    description   varchar NOT NULL,
    price_id      uuid NOT NULL,
    price_version integer NOT NULL,
    model         varchar NOT NULL,
    meter         varchar,
    quantity      numeric(38,18) NOT NULL,
    amount        numeric(38,4) NOT NULL,
    breakdown     jsonb NOT NULL,
    PRIMARY KEY (invoice_id, position)
);
CALL protect_by_tenant('invoice_line');

CREATE TABLE invoice_tax (
    invoice_id   uuid NOT NULL REFERENCES invoices,
    position     integer NOT NULL CHECK (position >= 1),
    tenant_id    uuid NOT NULL,
    code         varchar,
    rate_percent numeric(9,6) NOT NULL CHECK (rate_percent BETWEEN 0 AND 100),
    taxable      numeric(38,4) NOT NULL,
    amount       numeric(38,4) NOT NULL,
    PRIMARY KEY (invoice_id, position)
);
CALL protect_by_tenant('invoice_tax');
-- Lines and taxes are written with the draft and never again.
REVOKE UPDATE, DELETE ON invoice_line, invoice_tax FROM app_rw;

CREATE TABLE payment (
    id          uuid PRIMARY KEY,
    invoice_id  uuid NOT NULL REFERENCES invoices,
    tenant_id   uuid NOT NULL,
    method      varchar NOT NULL,
    reference   varchar NOT NULL,
    amount      numeric(38,4) NOT NULL CHECK (amount > 0),
    currency    varchar NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    received_at timestamptz NOT NULL,
    -- The same transfer, booked again, is the same payment.
    UNIQUE (invoice_id, method, reference)
);
CALL protect_by_tenant('payment');
REVOKE UPDATE, DELETE ON payment FROM app_rw;

CREATE TABLE credit_note (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL,
    invoice_id uuid NOT NULL REFERENCES invoices,
    number     varchar NOT NULL UNIQUE,
    reason     varchar NOT NULL,
    lines      jsonb NOT NULL,
    currency   varchar NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    net        numeric(38,4) NOT NULL CHECK (net >= 0),
    tax        numeric(38,4) NOT NULL CHECK (tax >= 0),
    total      numeric(38,4) NOT NULL CHECK (total > 0),
    issued_at  timestamptz NOT NULL,
    CHECK (total = net + tax)
);
CREATE INDEX credit_note_tenant ON credit_note (tenant_id, id);
CREATE INDEX credit_note_invoice ON credit_note (invoice_id);
CALL protect_by_tenant('credit_note');
REVOKE UPDATE, DELETE ON credit_note FROM app_rw;

-- An issued invoice is a document in somebody else's books: only its state and what was paid or credited may move.
CREATE FUNCTION keep_issued_invoice() RETURNS trigger
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
CREATE TRIGGER invoices_issued BEFORE UPDATE OR DELETE ON invoices
    FOR EACH ROW EXECUTE FUNCTION keep_issued_invoice();

CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER invoice_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_tax_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_tax
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_note
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A movement of an invoice (its issue, a payment, a credit note, its annulment) stands in the ledger once, whatever is
-- delivered and however often. Its identifier is that of the payment, of the credit note, else of the invoice.
CREATE UNIQUE INDEX one_entry_per_movement ON billing_event
    (type, (coalesce(details ->> 'payment_id', details ->> 'credit_note_id', details ->> 'invoice_id')))
    WHERE type IN ('invoice_finalized', 'payment_recorded', 'credit_note_issued', 'invoice_voided', 'invoice_paid', 'invoice_credited');

-- What each tenant owes is compared with invoice-service every minute.
CREATE INDEX billing_event_owed ON billing_event (tenant_id, currency) INCLUDE (amount)
    WHERE type IN ('invoice_finalized', 'payment_recorded', 'credit_note_issued', 'invoice_voided', 'invoice_paid', 'invoice_credited');

-- The category of a message that the service sends by itself decides whether it can be switched off: an invoice cannot.
UPDATE notification_template SET category = shipped.category
FROM (VALUES ('welcome', 'account'), ('invoice-finalized', 'invoices'), ('invoice-paid', 'invoices'),
             ('invoice-voided', 'invoices'), ('payment-recorded', 'invoices'), ('credit-note-issued', 'invoices'),
             ('alert-triggered', 'alerts'), ('subscription-changed', 'subscriptions'), ('charge-blocked', 'account'))
    AS shipped (name, category)
WHERE built_in AND notification_template.name = shipped.name AND notification_template.category <> shipped.category;

CREATE FUNCTION keep_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the template % is sent by the service itself and stays in the category %', OLD.name, OLD.category
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER category_of_built_in_stays BEFORE UPDATE OF category ON notification_template
    FOR EACH ROW WHEN (OLD.built_in AND NEW.category IS DISTINCT FROM OLD.category)
    EXECUTE FUNCTION keep_category();

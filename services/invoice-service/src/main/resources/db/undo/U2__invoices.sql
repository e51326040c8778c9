DROP TABLE credit_note;
DROP TABLE payment;
DROP TABLE invoice_tax;
DROP TABLE invoice_line;
DROP TABLE invoices;
DROP TABLE number_series;
DROP FUNCTION refuse_change();
DROP FUNCTION keep_issued_invoice();

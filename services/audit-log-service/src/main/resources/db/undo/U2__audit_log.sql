DROP TABLE audit_signing_key;
DROP TABLE audit_node;
DROP TABLE audit_logs;
DROP FUNCTION refuse_change();

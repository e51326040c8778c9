-- Run once by the administrator of PostgreSQL (16 or newer), before vault/bootstrap. Vault makes and drops the roles that it
-- leases as countinghouse_vault; databases and group roles belong to countinghouse_admin, as whom nobody logs in directly.
CREATE ROLE countinghouse_admin NOLOGIN CREATEDB CREATEROLE;
CREATE ROLE countinghouse_vault LOGIN CREATEROLE PASSWORD :'password';
GRANT countinghouse_admin TO countinghouse_vault WITH ADMIN OPTION;

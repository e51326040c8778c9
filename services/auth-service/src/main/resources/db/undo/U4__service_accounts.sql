DROP TABLE service_account;

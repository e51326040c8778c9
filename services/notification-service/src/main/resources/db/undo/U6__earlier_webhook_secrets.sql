DROP TABLE webhook_earlier_secret;

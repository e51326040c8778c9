# What notification-service may do in Vault, and nothing else. vault/bootstrap puts another prefix in the place of "countinghouse".

# Its own secrets, as configuration.
path "countinghouse/data/notification-service" {
  capabilities = ["read"]
}

# The account at the mail server, read again while the service runs.
path "countinghouse/data/notification-service/smtp" {
  capabilities = ["read"]
}

# A database role of its own, leased for a while.
path "countinghouse-database/creds/notification-service-app" {
  capabilities = ["read"]
}

# Its certificate, where TLS between the pods is on.
path "countinghouse-pki/issue/notification-service" {
  capabilities = ["update"]
}

# What invoice-service may do in Vault, and nothing else. vault/bootstrap puts another prefix in the place of "countinghouse".

# Its own secrets, as configuration.
path "countinghouse/data/invoice-service" {
  capabilities = ["read"]
}

# The key of the payment provider, read again while the service runs.
path "countinghouse/data/invoice-service/stripe" {
  capabilities = ["read"]
}

# A database role of its own, leased for a while.
path "countinghouse-database/creds/invoice-service-app" {
  capabilities = ["read"]
}

# Its certificate, where TLS between the pods is on.
path "countinghouse-pki/issue/invoice-service" {
  capabilities = ["update"]
}

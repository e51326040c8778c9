# What audit-log-service may do in Vault, and nothing else. vault/bootstrap puts another prefix in the place of "countinghouse".

# Its own secrets, as configuration.
path "countinghouse/data/audit-log-service" {
  capabilities = ["read"]
}

# A database role of its own, leased for a while.
path "countinghouse-database/creds/audit-log-service-app" {
  capabilities = ["read"]
}

# Its certificate, where TLS between the pods is on.
path "countinghouse-pki/issue/audit-log-service" {
  capabilities = ["update"]
}

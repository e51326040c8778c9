# What auth-service may do in Vault, and nothing else. vault/bootstrap puts another prefix in the place of "countinghouse".

# Its own secrets, as configuration.
path "countinghouse/data/auth-service" {
  capabilities = ["read"]
}

# Refresh tokens are stored under this secret; read again while the service runs.
path "countinghouse/data/auth-service/session" {
  capabilities = ["read"]
}

# Tokens are signed inside Vault: the private keys never leave it.
path "countinghouse-transit/keys/access-token" {
  capabilities = ["read"]
}
path "countinghouse-transit/sign/access-token" {
  capabilities = ["update"]
}
path "countinghouse-transit/sign/access-token/*" {
  capabilities = ["update"]
}
# The next signing key is made by the service, when the operator rotates.
path "countinghouse-transit/keys/access-token/rotate" {
  capabilities = ["update"]
}

# A database role of its own, leased for a while.
path "countinghouse-database/creds/auth-service-app" {
  capabilities = ["read"]
}

# Its certificate, where TLS between the pods is on.
path "countinghouse-pki/issue/auth-service" {
  capabilities = ["update"]
}

# Who runs scripts/rotate: may write secrets anew, and read none of them but the session secret, which becomes the previous one.
path "countinghouse/data/auth-service/session" {
  capabilities = ["read", "update", "create"]
}
path "countinghouse/data/invoice-service/stripe" {
  capabilities = ["create", "update"]
}
path "countinghouse/data/ai-modeling-service/openai" {
  capabilities = ["create", "update"]
}
path "countinghouse/data/notification-service/smtp" {
  capabilities = ["create", "update"]
}
path "countinghouse/metadata/*" {
  capabilities = ["read", "list"]
}

# The password of Vault itself at PostgreSQL.
path "countinghouse-database/rotate-root/countinghouse" {
  capabilities = ["update"]
}
path "countinghouse-database/config/countinghouse" {
  capabilities = ["read"]
}

# How old leases are, and their end.
path "sys/leases/lookup/countinghouse-database/creds/*" {
  capabilities = ["list", "sudo"]
}

# Logs in to let the next key sign.
path "countinghouse/data/operator" {
  capabilities = ["read"]
}

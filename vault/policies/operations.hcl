# What an operator runs in the cluster: databases and roles before an installation, a migration's rollback, the check.

# Makes databases and group roles.
path "countinghouse-database/creds/administrator" {
  capabilities = ["read"]
}

# Takes a migration back.
path "countinghouse-database/creds/auth-service-owner" {
  capabilities = ["read"]
}
path "countinghouse-database/creds/usage-service-owner" {
  capabilities = ["read"]
}
path "countinghouse-database/creds/billing-service-owner" {
  capabilities = ["read"]
}
path "countinghouse-database/creds/invoice-service-owner" {
  capabilities = ["read"]
}
path "countinghouse-database/creds/notification-service-owner" {
  capabilities = ["read"]
}
path "countinghouse-database/creds/audit-log-service-owner" {
  capabilities = ["read"]
}
path "countinghouse-database/creds/ai-modeling-service-owner" {
  capabilities = ["read"]
}

# Logs in for the check.
path "countinghouse/data/operator" {
  capabilities = ["read"]
}

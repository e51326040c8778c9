# The migrations: each database as its owner, and no secret of any service.
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

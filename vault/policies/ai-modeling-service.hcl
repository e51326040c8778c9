# What ai-modeling-service may do in Vault, and nothing else. vault/bootstrap puts another prefix in the place of "countinghouse".

# Its own secrets, as configuration.
path "countinghouse/data/ai-modeling-service" {
  capabilities = ["read"]
}

# The key of the OpenAI-compatible endpoint, read again while the service runs.
path "countinghouse/data/ai-modeling-service/openai" {
  capabilities = ["read"]
}

# A database role of its own, leased for a while.
path "countinghouse-database/creds/ai-modeling-service-app" {
  capabilities = ["read"]
}

# Its certificate, where TLS between the pods is on.
path "countinghouse-pki/issue/ai-modeling-service" {
  capabilities = ["update"]
}

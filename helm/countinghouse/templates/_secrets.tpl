{{- /* The keys of a Secret, as docs/secrets.md lists them. (list $ "usage-service") or (list $ "usage-service-owner") */ -}}
{{- define "countinghouse.secretKeys" -}}
{{- $root := index . 0 -}}
{{- $secret := index . 1 -}}
{{- if hasSuffix "-owner" $secret -}}
- COUNTINGHOUSE_DATABASE_OWNER_USERNAME
- COUNTINGHOUSE_DATABASE_OWNER_PASSWORD
{{- else -}}
- COUNTINGHOUSE_DATABASE_USERNAME
- COUNTINGHOUSE_DATABASE_PASSWORD
- COUNTINGHOUSE_SERVICE_SECRET
{{- if eq $secret "auth-service" }}
- COUNTINGHOUSE_AUTH_KEY_ENCRYPTION_SECRET
- COUNTINGHOUSE_AUTH_SESSION_SECRET
- COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_PASSWORD
{{- range $other, $known := include "countinghouse.catalogue" $root | fromYaml }}
- COUNTINGHOUSE_AUTH_BOOTSTRAP_SERVICE_ACCOUNTS__{{ $known.variable }}__SECRET_HASH
{{- end }}
{{- end }}
{{- if eq $secret "audit-log-service" }}
- COUNTINGHOUSE_AUDIT_KEY_ENCRYPTION_SECRET
{{- end }}
{{- if eq $secret "notification-service" }}
- COUNTINGHOUSE_NOTIFICATION_WEBHOOK_SECRET_ENCRYPTION_KEY
{{- end }}
{{- end -}}
{{- end -}}

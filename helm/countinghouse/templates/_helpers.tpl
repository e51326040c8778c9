{{- /* The seven services, by name: see facts.yaml. */ -}}
{{- define "countinghouse.catalogue" -}}
{{ (.Files.Get "facts.yaml" | fromYaml).services | toYaml }}
{{- end -}}

{{- define "countinghouse.chart" -}}
{{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* Labels that never change: selectors are made of them. (list $ "name" "component") */ -}}
{{- define "countinghouse.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 2 }}
{{- end -}}

{{- define "countinghouse.labels" -}}
{{ include "countinghouse.selector" . }}
app.kubernetes.io/part-of: countinghouse
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
helm.sh/chart: {{ include "countinghouse.chart" (index . 0) }}
{{- end -}}

{{- /* Of a service or of the operations program. (list $ "usage-service") */ -}}
{{- define "countinghouse.image" -}}
{{- $root := index . 0 -}}
{{- $image := (include "countinghouse.settings" . | fromYaml).image -}}
{{- $repository := default (printf "%s/%s" $image.registry (index . 1)) $image.repository -}}
{{- if $image.digest -}}
{{ $repository }}@{{ $image.digest }}
{{- else -}}
{{ $repository }}:{{ default $root.Chart.AppVersion $image.tag }}
{{- end -}}
{{- end -}}

{{- /* (list $ "usage-service") */ -}}
{{- define "countinghouse.database" -}}
{{ (index . 0).Values.database.prefix }}{{ index . 1 | replace "-" "_" }}_db
{{- end -}}

{{- /* How a service is called. */ -}}
{{- define "countinghouse.scheme" -}}
{{ ternary "https" "http" .Values.tls.enabled }}
{{- end -}}

{{- define "countinghouse.port" -}}
{{ index (.Files.Get "facts.yaml" | fromYaml).ports (include "countinghouse.scheme" .) }}
{{- end -}}

{{- /* What a service needs to log in to Vault as its own ServiceAccount, or the migrations as theirs. (list $ "name") */ -}}
{{- define "countinghouse.vaultEnvironment" -}}
{{- $vault := (index . 0).Values.vault -}}
{{- if and (index . 0).Values.tls.enabled (ne (index . 1) "migrations") }}
QUARKUS_PROFILE: prod,vault,tls
COUNTINGHOUSE_TLS_NAMES: {{ printf "%[1]s.%[2]s,%[1]s.%[2]s.svc,%[1]s.%[2]s.svc.cluster.local" (index . 1) (index . 0).Release.Namespace }}
{{- else }}
QUARKUS_PROFILE: prod,vault
{{- end }}
QUARKUS_VAULT_URL: {{ $vault.address | quote }}
QUARKUS_VAULT_AUTHENTICATION_KUBERNETES_ROLE: {{ $vault.prefix }}-{{ index . 1 }}
QUARKUS_VAULT_AUTHENTICATION_KUBERNETES_AUTH_MOUNT_PATH: {{ $vault.kubernetesMount | quote }}
COUNTINGHOUSE_VAULT_PREFIX: {{ $vault.prefix | quote }}
COUNTINGHOUSE_DATABASE_MAX_LIFETIME: {{ $vault.connectionLifetime | quote }}
{{- if $vault.caConfigMap }}
QUARKUS_VAULT_TLS_CA_CERT: /var/run/secrets/vault-ca/ca.crt
{{- end }}
{{- end -}}

{{- /* The same for the operations program. (list $ "operations") */ -}}
{{- define "countinghouse.vaultOperations" -}}
{{- $vault := (index . 0).Values.vault -}}
VAULT_ADDR: {{ $vault.address | quote }}
VAULT_ROLE: {{ $vault.prefix }}-{{ index . 1 }}
VAULT_PREFIX: {{ $vault.prefix | quote }}
VAULT_KUBERNETES_MOUNT: {{ $vault.kubernetesMount | quote }}
{{- if $vault.caConfigMap }}
VAULT_CACERT: /var/run/secrets/vault-ca/ca.crt
{{- end }}
{{- end -}}

{{- /* Whom a rule lets through: an address, or pods; nothing, which is everyone, where neither is named. */ -}}
{{- define "countinghouse.peers" -}}
{{- if or .cidr .podLabels .namespaceLabels -}}
to:
  {{- if .cidr }}
  - ipBlock: {cidr: {{ .cidr }}}
  {{- end }}
  {{- if or .podLabels .namespaceLabels }}
  - podSelector:
      matchLabels: {{ toJson .podLabels }}
    {{- with .namespaceLabels }}
    namespaceSelector:
      matchLabels: {{ toJson . }}
    {{- end }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- /* Where PostgreSQL is, and how one connects: the same for services, migrations and the operations program. */ -}}
{{- define "countinghouse.databaseServer" -}}
{{- $database := .Values.database -}}
COUNTINGHOUSE_DATABASE_HOST: {{ $database.host | quote }}
COUNTINGHOUSE_DATABASE_PORT: {{ $database.port | quote }}
{{- with $database.direct.host }}
COUNTINGHOUSE_DATABASE_DIRECT_HOST: {{ . | quote }}
COUNTINGHOUSE_DATABASE_DIRECT_PORT: {{ default $database.port $database.direct.port | quote }}
{{- end }}
COUNTINGHOUSE_DATABASE_TLS: {{ $database.tls.mode }}
{{- if eq $database.tls.mode "verify-full" }}
COUNTINGHOUSE_DATABASE_CA: /var/run/secrets/database-ca/{{ $database.tls.ca.key }}
{{- end }}
{{- end -}}

{{- /* What the operations program is told, whatever it is run for. */ -}}
{{- define "countinghouse.operationsEnvironment" -}}
{{ include "countinghouse.databaseServer" . }}
{{- with .Values.database.prefix }}
COUNTINGHOUSE_DATABASE_PREFIX: {{ . | quote }}
{{- end }}
COUNTINGHOUSE_INSTALLATION: {{ default (printf "%s/%s" .Release.Namespace .Release.Name) .Values.database.installation | quote }}
{{- end -}}

{{- /* The most connections that this release opens: each pod's pool, one pod of each service more during an upgrade, and
the jobs'. */ -}}
{{- define "countinghouse.connectionBudget" -}}
{{- $root := . -}}
{{- $budget := 5 -}}
{{- range $name, $known := include "countinghouse.catalogue" . | fromYaml -}}
{{- $own := include "countinghouse.settings" (list $root $name) | fromYaml -}}
{{- $pods := ternary (max $own.autoscaling.maxReplicas $own.replicas) $own.replicas $own.autoscaling.enabled -}}
{{- $budget = add $budget (mul (add $pods 1) $own.poolSize) -}}
{{- end -}}
{{ $budget }}
{{- end -}}

{{- /* What a service is told, but for its secrets. (list $ "usage-service") */ -}}
{{- define "countinghouse.environment" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $values := $root.Values -}}
COUNTINGHOUSE_ENVIRONMENT: {{ $values.environment | quote }}
COUNTINGHOUSE_SECURITY_ISSUER: {{ $values.issuer | quote }}
{{- range $other, $known := include "countinghouse.catalogue" $root | fromYaml }}
COUNTINGHOUSE_SERVICES_{{ $known.variable }}_URL: {{ include "countinghouse.scheme" $root }}://{{ $other }}:{{ include "countinghouse.port" $root }}
{{- end }}
{{ include "countinghouse.databaseServer" $root }}
COUNTINGHOUSE_DATABASE_NAME: {{ include "countinghouse.database" (list $root $name) }}
COUNTINGHOUSE_DATABASE_POOL_SIZE: {{ (include "countinghouse.settings" (list $root $name) | fromYaml).poolSize | quote }}
COUNTINGHOUSE_DATABASE_CACHED_STATEMENTS: {{ $values.database.cachedStatements | quote }}
{{- with $values.trustedProxies }}
QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING: "true"
QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED: "true"
QUARKUS_HTTP_PROXY_TRUSTED_PROXIES: {{ join "," . | quote }}
{{- end }}
{{- if $values.tracing.endpoint }}
QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT: {{ $values.tracing.endpoint | quote }}
QUARKUS_OTEL_TRACES_SAMPLER_ARG: {{ $values.tracing.ratio | quote }}
{{- end }}
{{- if eq $name "auth-service" }}
COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_EMAIL: {{ $values.operator.email | quote }}
{{- end }}
{{- if eq $name "invoice-service" }}
COUNTINGHOUSE_INVOICE_SELLER_NAME: {{ $values.seller.name | quote }}
COUNTINGHOUSE_INVOICE_SELLER_ADDRESS_LINE: {{ $values.seller.addressLine | quote }}
COUNTINGHOUSE_INVOICE_SELLER_POSTAL_CODE: {{ $values.seller.postalCode | quote }}
COUNTINGHOUSE_INVOICE_SELLER_CITY: {{ $values.seller.city | quote }}
COUNTINGHOUSE_INVOICE_SELLER_COUNTRY: {{ $values.seller.country | quote }}
COUNTINGHOUSE_INVOICE_SELLER_TAX_ID: {{ $values.seller.taxId | quote }}
COUNTINGHOUSE_INVOICE_SELLER_EMAIL: {{ $values.seller.email | quote }}
COUNTINGHOUSE_INVOICE_SELLER_BANK_ACCOUNT: {{ $values.seller.bankAccount | quote }}
COUNTINGHOUSE_INVOICE_DOCUMENT_EN16931_VALIDATION: {{ $values.invoice.en16931Validation | quote }}
{{- end }}
{{- if eq $name "usage-service" }}
COUNTINGHOUSE_USAGE_SELF_REPORTING: {{ $values.usage.selfReporting | quote }}
{{- end }}
{{- if eq $name "notification-service" }}
COUNTINGHOUSE_NOTIFICATION_OPERATOR_EMAIL: {{ $values.operator.email | quote }}
COUNTINGHOUSE_NOTIFICATION_SENDER_NAME: {{ $values.seller.name | quote }}
COUNTINGHOUSE_NOTIFICATION_SENDER_REPLY_TO: {{ $values.seller.email | quote }}
COUNTINGHOUSE_NOTIFICATION_DOCUMENT_ATTACH: {{ $values.mail.attachInvoices | quote }}
{{- end }}
{{- if and (eq $name "notification-service") $values.mail.host }}
QUARKUS_MAILER_HOST: {{ $values.mail.host | quote }}
QUARKUS_MAILER_PORT: {{ $values.mail.port | quote }}
QUARKUS_MAILER_START_TLS: {{ $values.mail.startTls | quote }}
QUARKUS_MAILER_FROM: {{ $values.mail.from | quote }}
{{- end }}
{{- if and (eq $name "ai-modeling-service") $values.ai.url }}
COUNTINGHOUSE_AI_OPENAI_URL: {{ $values.ai.url | quote }}
COUNTINGHOUSE_AI_OPENAI_MODEL: {{ $values.ai.model | quote }}
{{- end }}
{{- end -}}

{{- /* The seven services: whom each calls, the paths that are its own, and the name in environment variables. Every one
calls auth-service (keys, tokens, revocations) and audit-log-service (audit events). */ -}}
{{- define "countinghouse.catalogue" -}}
auth-service: {variable: AUTH_SERVICE, calls: [billing-service, notification-service], paths: [/v1/auth, /.well-known]}
usage-service: {variable: USAGE_SERVICE, calls: [], paths: [/v1/usage]}
billing-service: {variable: BILLING_SERVICE, calls: [usage-service, invoice-service, notification-service], paths: [/v1/billing]}
invoice-service: {variable: INVOICE_SERVICE, calls: [usage-service, billing-service, notification-service], paths: [/v1/invoices, /v1/credit-notes]}
notification-service: {variable: NOTIFICATION_SERVICE, calls: [invoice-service], paths: [/v1/notifications, /v1/notification-templates, /v1/notification-preferences, /v1/notification-documents, /v1/webhook-endpoints]}
audit-log-service: {variable: AUDIT_LOG_SERVICE, calls: [], paths: [/v1/audit-logs]}
ai-modeling-service: {variable: AI_MODELING_SERVICE, calls: [usage-service], paths: [/v1/ai, /v1/chat]}
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

{{- /* (list $ "usage-service") */ -}}
{{- define "countinghouse.image" -}}
{{- $root := index . 0 -}}
{{ $root.Values.image.registry }}/{{ index . 1 }}:{{ default $root.Chart.AppVersion $root.Values.image.tag }}
{{- end -}}

{{- define "countinghouse.database" -}}
{{ . | replace "-" "_" }}_db
{{- end -}}

{{- define "countinghouse.role" -}}
{{ . | replace "-" "_" }}
{{- end -}}

{{- /* How a service is called. */ -}}
{{- define "countinghouse.scheme" -}}
{{ ternary "https" "http" .Values.tls.enabled }}
{{- end -}}

{{- define "countinghouse.port" -}}
{{ ternary "8443" "8080" .Values.tls.enabled }}
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

{{- define "countinghouse.vaultMounts" -}}
- {name: vault, mountPath: /var/run/secrets/vault, readOnly: true}
{{- if .Values.vault.caConfigMap }}
- {name: vault-ca, mountPath: /var/run/secrets/vault-ca, readOnly: true}
{{- end }}
{{- end -}}

{{- define "countinghouse.vaultVolumes" -}}
# A token for Vault alone, renewed by the kubelet; nothing else in the cluster takes it.
- name: vault
  projected:
    sources:
      - serviceAccountToken: {audience: {{ .Values.vault.audience }}, expirationSeconds: 3600, path: token}
{{- if .Values.vault.caConfigMap }}
- name: vault-ca
  configMap: {name: {{ .Values.vault.caConfigMap }}}
{{- end }}
{{- end -}}

{{- /* A map as the environment of a container. */ -}}
{{- define "countinghouse.env" -}}
{{- range $variable, $value := . }}
- name: {{ $variable }}
  value: {{ $value | quote }}
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

{{- define "countinghouse.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "countinghouse.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "countinghouse.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- include "countinghouse.podSecurity" . | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
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
COUNTINGHOUSE_DATABASE_HOST: {{ $values.database.host | quote }}
COUNTINGHOUSE_DATABASE_PORT: {{ $values.database.port | quote }}
COUNTINGHOUSE_DATABASE_NAME: {{ include "countinghouse.database" $name }}
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

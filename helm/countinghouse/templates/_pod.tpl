{{- /* The pod contract: what every pod gets, be it of a Deployment, a Job, a CronJob or a check. */ -}}

{{- /* What an operator may set for a pod: for all, then for one service (services.<name>) or for the operations program and
the migrations (operations, migrations). Maps are merged, lists are joined, anything else is replaced.
(list $ "usage-service"), (list $ "operations") or (list $ "migrations") */ -}}
{{- define "countinghouse.settings" -}}
{{- $values := (index . 0).Values -}}
{{- $name := index . 1 -}}
{{- $all := pick $values "image" "env" "extraEnv" "envFrom" "volumes" "volumeMounts" "podLabels" "podAnnotations" "serviceAccount" "nodeSelector" "tolerations" "affinity" "topologySpreadConstraints" "priorityClassName" "podSecurityContext" "securityContext" -}}
{{- $own := dict -}}
{{- if has $name (list "operations" "migrations") -}}
{{- $own = get $values $name -}}
{{- else -}}
{{- $all = merge $all (pick $values "replicas" "resources" "autoscaling" "podDisruptionBudget" "terminationGracePeriodSeconds" "preStopSeconds") (dict "poolSize" $values.database.poolSize "egress" (list)) -}}
{{- $own = get $values.services $name | default dict -}}
{{- end -}}
{{- $settings := mergeOverwrite (deepCopy $all) (deepCopy $own) -}}
{{- range list "extraEnv" "envFrom" "volumes" "volumeMounts" "tolerations" -}}
{{- $_ := set $settings . (concat (get $all . | default list) (get $own . | default list)) -}}
{{- end -}}
{{ toYaml $settings }}
{{- end -}}

{{- /* Labels, and whom the pod is of. (list $ "name" "component" $settings) */ -}}
{{- define "countinghouse.podLabels" -}}
{{- $known := include "countinghouse.labels" (list (index . 0) (index . 1) (index . 2)) | fromYaml -}}
{{ toYaml (mergeOverwrite (deepCopy ((index . 3).podLabels | default dict)) $known) }}
{{- end -}}

{{- /* Where a pod runs and as whom. (list $ $settings) */ -}}
{{- define "countinghouse.pod" -}}
{{- $root := index . 0 -}}
{{- $settings := index . 1 -}}
enableServiceLinks: false
{{- with $settings.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $settings.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* A container: its image, environment, mounts and security. A dict with
  root, name, settings (of countinghouse.settings), image (name of it; default: name),
  environment (a map), from (EnvVars with valueFrom), secrets (names of Secrets whose keys are variables),
  tmp (name of the volume for /tmp; default: tmp), args (a list), resources (default: of settings). */ -}}
{{- define "countinghouse.container" -}}
{{- $root := .root -}}
{{- $settings := .settings -}}
{{- $environment := deepCopy .environment -}}
{{- with $root.Values.caBundle.configMap -}}
{{- $_ := set $environment "COUNTINGHOUSE_CA_BUNDLE" (printf "/var/run/secrets/ca-bundle/%s" $root.Values.caBundle.key) -}}
{{- end -}}
{{- with $root.Values.proxy.url -}}
{{- $_ := set $environment "COUNTINGHOUSE_EGRESS_PROXY" . -}}
{{- $_ := set $environment "COUNTINGHOUSE_EGRESS_EXCEPT" (join "," $root.Values.proxy.except) -}}
{{- end -}}
{{- $environment = mergeOverwrite $environment ($settings.env | default dict) -}}
{{- $from := concat (.from | default list) ($settings.extraEnv | default list) -}}
{{- range $from -}}
{{- $environment = omit $environment .name -}}
{{- end -}}
name: {{ .name }}
image: {{ include "countinghouse.image" (list $root (.image | default .name)) }}
imagePullPolicy: {{ $settings.image.pullPolicy }}
{{- with .args }}
args: {{ toJson . }}
{{- end }}
env:
  {{- range $variable, $value := $environment }}
  - name: {{ $variable }}
    value: {{ $value | quote }}
  {{- end }}
  {{- with $from }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- if or .secrets $settings.envFrom }}
envFrom:
  {{- range .secrets }}
  - secretRef: {name: {{ . }}}
  {{- end }}
  {{- with $settings.envFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
resources:
  {{- toYaml (.resources | default $settings.resources) | nindent 2 }}
{{- with $settings.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  - {name: {{ .tmp | default "tmp" }}, mountPath: /tmp}
  {{- if eq $root.Values.secrets.mode "vault" }}
  - {name: vault, mountPath: /var/run/secrets/vault, readOnly: true}
  {{- if $root.Values.vault.caConfigMap }}
  - {name: vault-ca, mountPath: /var/run/secrets/vault-ca, readOnly: true}
  {{- end }}
  {{- end }}
  {{- if eq $root.Values.database.tls.mode "verify-full" }}
  - {name: database-ca, mountPath: /var/run/secrets/database-ca, readOnly: true}
  {{- end }}
  {{- if $root.Values.caBundle.configMap }}
  - {name: ca-bundle, mountPath: /var/run/secrets/ca-bundle, readOnly: true}
  {{- end }}
  {{- with $settings.volumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- /* Of a pod with such containers. (list $ $settings (list "tmp")) */ -}}
{{- define "countinghouse.volumes" -}}
{{- $root := index . 0 -}}
{{- range index . 2 }}
- name: {{ . }}
  emptyDir: {sizeLimit: 64Mi}
{{- end }}
{{- if eq $root.Values.secrets.mode "vault" }}
# A token for Vault alone, renewed by the kubelet; nothing else in the cluster takes it.
- name: vault
  projected:
    sources:
      - serviceAccountToken: {audience: {{ $root.Values.vault.audience }}, expirationSeconds: 3600, path: token}
{{- with $root.Values.vault.caConfigMap }}
- name: vault-ca
  configMap: {name: {{ . }}}
{{- end }}
{{- end }}
{{- if eq $root.Values.database.tls.mode "verify-full" }}
{{- with $root.Values.database.tls.ca }}
- name: database-ca
  {{- if .secret }}
  secret: {secretName: {{ .secret }}, items: [{key: {{ .key }}, path: {{ .key }}}]}
  {{- else }}
  configMap: {name: {{ .configMap }}}
  {{- end }}
{{- end }}
{{- end }}
{{- with $root.Values.caBundle.configMap }}
- name: ca-bundle
  configMap: {name: {{ . }}}
{{- end }}
{{- with (index . 1).volumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Of an object that must be there before the hooks that need it. (list $ "-45") */ -}}
{{- define "countinghouse.before" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ index . 1 | quote }}
helm.sh/hook-delete-policy: before-hook-creation
{{- end -}}

{{- /* Of a Job before an installation or upgrade. Its name says what it is made of: one that is under way is not deleted by the
next upgrade, and who applies a rendered chart makes another one instead of changing it, which Kubernetes refuses.
(list $ "-20") */ -}}
{{- define "countinghouse.jobHook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ index . 1 | quote }}
helm.sh/hook-delete-policy: hook-succeeded
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation,HookSucceeded
{{- end -}}

{{- /* (list $ "migrations" $spec) */ -}}
{{- define "countinghouse.jobName" -}}
{{ index . 1 }}-{{ printf "%d %s" (int (index . 0).Release.Revision) (index . 2) | sha256sum | trunc 8 }}
{{- end -}}

{{- /* Of a Job of the operations program: it refuses with this exit code what another try would not mend, and Helm says so at once. */ -}}
{{- define "countinghouse.endsWhenRefused" -}}
podFailurePolicy:
  rules:
    - action: FailJob
      onExitCodes: {operator: In, values: [3]}
{{- end -}}

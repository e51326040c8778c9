{{- /* The keys of a Secret, as docs/secrets.md lists them. (list $ "usage-service") or (list $ "usage-service-owner") */ -}}
{{- define "countinghouse.secretKeys" -}}
{{- $root := index . 0 -}}
{{- $secret := index . 1 -}}
{{- $facts := ($root.Files.Get "facts.yaml" | fromYaml).secrets -}}
{{- $keys := hasSuffix "-owner" $secret | ternary $facts.owner (merge (dict) $facts.every (get $facts $secret | default dict)) -}}
{{- range $key, $kind := $keys -}}
{{- if contains "<SERVICE>" $key -}}
{{- range $other, $known := include "countinghouse.catalogue" $root | fromYaml }}
- {{ $key | replace "<SERVICE>" $known.variable }}
{{- end -}}
{{- else }}
- {{ $key }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* (list $ "component"): the head of a NetworkPolicy for a component; the caller adds the rules. */}}
{{- define "lucency.networkPolicyHead" -}}
{{- $root := index . 0 -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ index . 1 }}
  labels: {{- include "lucency.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "lucency.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
{{- end }}

{{/* (list $ "component" ...): peers, any of these components of this release. */}}
{{- define "lucency.peers" -}}
{{- $root := index . 0 -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: lucency
      app.kubernetes.io/instance: {{ $root.Release.Name }}
    matchExpressions:
      - { key: app.kubernetes.io/component, operator: In, values: [{{ rest . | join ", " }}] }
{{- end }}

{{/* Rules of egress. What is outside the release has no labels to name it by, so its port and networkPolicy.outside must do. */}}
{{- define "lucency.toOutside" -}}
{{- $root := index . 0 -}}
- to: {{- toYaml $root.Values.networkPolicy.outside | nindent 4 }}
  ports: {{- range concat (rest .) $root.Values.networkPolicy.outsidePorts | uniq }}
    - { port: {{ . }} }
  {{- end }}
{{- end }}

{{/* (list "https://a.example.org:8443/x" 443): the port that an address names, else that of http, else the other. */}}
{{- define "lucency.portOf" -}}
{{- $url := urlParse (index . 0) -}}
{{- regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (eq $url.scheme "http" | ternary 80 (index . 1)) -}}
{{- end }}

{{/* "s3://bucket/prefix?endpoint=...": that of its endpoint, Amazon's without one. */}}
{{- define "lucency.s3PortOf" -}}
{{- $endpoint := regexFind "(^|[?&])endpoint=[^&]+" . | splitList "endpoint=" | last -}}
{{- include "lucency.portOf" (list ($endpoint | replace "%3A" ":" | replace "%2F" "/" | default "https:") 443) -}}
{{- end }}

{{- define "lucency.toNats" -}}
{{- if .Values.nats.enabled -}}
- to: {{- include "lucency.peers" (list . "nats") | nindent 4 }}
  ports: [{ port: 4222 }]
{{- else -}}
{{- $ports := list }}
{{- range splitList "," .Values.nats.outside.url }}{{ $ports = append $ports (include "lucency.portOf" (list . 4222)) }}{{ end }}
{{- include "lucency.toOutside" (prepend $ports .) }}
{{- end }}
{{- end }}

{{- define "lucency.toPostgres" -}}
{{- if .Values.postgres.enabled -}}
- to: {{- include "lucency.peers" (list . "postgres") | nindent 4 }}
  ports: [{ port: 5432 }]
{{- else -}}
{{- include "lucency.toOutside" (list . .Values.postgres.port) }}
{{- end }}
{{- end }}

{{- define "lucency.toBlobs" -}}
{{- if eq .Values.blobs.kind "s3" -}}
{{- include "lucency.toOutside" (list . (include "lucency.s3PortOf" .Values.blobs.s3.url)) }}
{{- include "lucency.toIdentity" . }}
{{- else if eq .Values.blobs.kind "trial-s3" -}}
- to: {{- include "lucency.peers" (list . "s3") | nindent 4 }}
  ports: [{ port: 7070 }]
{{- end }}
{{- end }}

{{/* Where clouds hand out the keys of a node's or service account's identity. */}}
{{- define "lucency.toIdentity" -}}
{{- if not .Values.secrets.blobs }}
- to: [{ ipBlock: { cidr: 169.254.0.0/16 } }]
  ports: [{ port: 80 }]
{{- end }}
{{- end }}

{{- define "lucency.toSignIn" -}}
{{- include "lucency.toOutside" (list . (include "lucency.portOf" (list .Values.signIn.issuer 443))) }}
{{- end }}

{{- define "lucency.toCollector" -}}
{{- with .Values.telemetry.endpoint }}
{{- include "lucency.toOutside" (list $ (include "lucency.portOf" (list . 443))) }}
{{- end }}
{{- end }}

{{/* Rule of ingress for what people reach, on (list $ port). */}}
{{- define "lucency.fromOutside" -}}
{{- $root := index . 0 -}}
{{- with $root.Values.networkPolicy.ingressNamespaces -}}
- from:
    - namespaceSelector:
        matchExpressions:
          - { key: kubernetes.io/metadata.name, operator: In, values: [{{ join ", " . }}] }
{{- else -}}
- from: [{ namespaceSelector: {} }]
{{- end }}
  ports: [{ port: {{ index . 1 }} }]
{{- end }}

{{/* A worker pulls from NATS and reads and writes blobs; nobody calls it. */}}
{{- define "lucency.workerNetworkPolicy" -}}
{{- $root := index . 0 -}}
{{ include "lucency.networkPolicyHead" . }}
  ingress: []
  egress:
    {{- include "lucency.toNats" $root | nindent 4 }}
    {{- include "lucency.toBlobs" $root | nindent 4 }}
    {{- include "lucency.toCollector" $root | nindent 4 }}
{{- end }}

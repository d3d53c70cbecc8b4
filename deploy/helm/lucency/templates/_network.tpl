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

{{/* Rules of egress. What is outside the release has no labels to name it by, so its port and block must do. */}}
{{- define "lucency.toNats" -}}
{{- if .Values.nats.enabled -}}
- to: {{- include "lucency.peers" (list . "nats") | nindent 4 }}
  ports: [{ port: 4222 }]
{{- else -}}
- to: [{ ipBlock: { cidr: {{ .Values.networkPolicy.outside }} } }]
  ports: [{ port: {{ .Values.nats.outside.port }} }]
{{- end }}
{{- end }}

{{- define "lucency.toPostgres" -}}
{{- if .Values.postgres.enabled -}}
- to: {{- include "lucency.peers" (list . "postgres") | nindent 4 }}
  ports: [{ port: 5432 }]
{{- else -}}
- to: [{ ipBlock: { cidr: {{ .Values.networkPolicy.outside }} } }]
  ports: [{ port: {{ .Values.postgres.port }} }]
{{- end }}
{{- end }}

{{- define "lucency.toBlobs" -}}
{{- if eq .Values.blobs.kind "s3" -}}
- to: [{ ipBlock: { cidr: {{ .Values.networkPolicy.outside }} } }]
  ports: [{ port: {{ .Values.blobs.s3.port }} }]
{{- else if eq .Values.blobs.kind "trial-s3" -}}
- to: {{- include "lucency.peers" (list . "s3") | nindent 4 }}
  ports: [{ port: 7070 }]
{{- end }}
{{- end }}

{{- define "lucency.toSignIn" -}}
- to: [{ ipBlock: { cidr: {{ .Values.networkPolicy.outside }} } }]
  ports: [{ port: 443 }]
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
{{- end }}

{{/* (list $ "gateway" .Values.addresses.api 4000): one host to one service. */}}
{{- define "lucency.ingress" -}}
{{- $root := index . 0 -}}
{{- $name := printf "%s-%s" (include "lucency.fullname" $root) (index . 1) -}}
{{- $host := (urlParse (index . 2)).host | splitList ":" | first -}}
{{- $seconds := $root.Values.ingress.socketSeconds | toString -}}
{{- /* 50 MB, the largest upload that the gateway takes. */ -}}
{{- $nginx := dict
  "nginx.ingress.kubernetes.io/proxy-read-timeout" $seconds
  "nginx.ingress.kubernetes.io/proxy-send-timeout" $seconds
  "nginx.ingress.kubernetes.io/proxy-body-size" "50m"
  "nginx.ingress.kubernetes.io/proxy-request-buffering" "off" -}}
{{- /* The session cookie of a provider with long tokens, in the answer's headers; the controller's 4k are too little. */ -}}
{{- $own := eq (index . 1) "gateway" | ternary $nginx (dict "nginx.ingress.kubernetes.io/proxy-buffer-size" "16k") -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $name }}
  labels: {{- include "lucency.labels" (list $root (index . 1)) | nindent 4 }}
  {{- with merge (deepCopy $root.Values.ingress.annotations) $own }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with $root.Values.ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with $root.Values.ingress.tlsSecret }}
  tls: [{ hosts: [{{ $host }}], secretName: {{ . }} }]
  {{- end }}
  rules:
    - host: {{ $host }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: {{ $name }}, port: { number: {{ index . 3 }} } } }
{{- end }}

{{- define "lucency.httpRoute" -}}
{{- $root := index . 0 -}}
{{- $name := printf "%s-%s" (include "lucency.fullname" $root) (index . 1) -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ $name }}
  labels: {{- include "lucency.labels" (list $root (index . 1)) | nindent 4 }}
spec:
  parentRefs: {{- toYaml $root.Values.gatewayApi.parents | nindent 4 }}
  hostnames: [{{ (urlParse (index . 2)).host | splitList ":" | first }}]
  rules:
    - matches: [{ path: { type: PathPrefix, value: / } }]
      backendRefs: [{ name: {{ $name }}, port: {{ index . 3 }} }]
{{- end }}

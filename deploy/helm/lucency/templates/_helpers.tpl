{{/*
What every name begins with: the release's. A CronJob's name may have 52 characters, and the longest here adds 16; where
the release's is longer, a hash of it keeps two of them apart. A Service begins with a letter and has no dots.
*/}}
{{- define "lucency.fullname" -}}
{{- $name := contains "lucency" .Release.Name | ternary .Release.Name (printf "%s-lucency" .Release.Name) | replace "." "-" }}
{{- if regexMatch "^[0-9]" $name }}{{ $name = printf "lucency-%s" $name }}{{ end }}
{{- if gt (len $name) 36 }}{{ $name = printf "%s-%s" ($name | trunc 27 | trimSuffix "-") (.Release.Name | sha256sum | trunc 8) }}{{ end }}
{{- $name }}
{{- end }}

{{/* (list $ "component"); never changes for a release, since Deployments cannot change it. */}}
{{- define "lucency.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: lucency
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "lucency.labels" -}}
{{- $root := index . 0 -}}
{{ include "lucency.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* (list $ "gateway") */}}
{{- define "lucency.image" -}}
{{- $root := index . 0 -}}
{{- $digest := get $root.Values.images.digests (index . 1) -}}
{{ $root.Values.images.registry }}/{{ index . 1 }}:{{ $root.Values.images.tag | default $root.Chart.AppVersion }}{{ if $digest }}@{{ $digest }}{{ end }}
{{- end }}

{{/* What Pod Security `restricted` asks of a pod, and more; (list $ 10001). OpenShift gives each namespace users of its own. */}}
{{- define "lucency.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- if (index . 0).Values.podSecurity.setUser }}
  runAsUser: {{ index . 1 }}
  runAsGroup: {{ index . 1 }}
  fsGroup: {{ index . 1 }}
  fsGroupChangePolicy: OnRootMismatch
  {{- end }}
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "lucency.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Over nodes first, then zones; a preference, so that a small cluster can still run it. */}}
{{- define "lucency.spread" -}}
{{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels: {{- include "lucency.selector" $ | nindent 6 }}
  # Pods of the version before do not count: they are about to go, and would leave the new ones lopsided.
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end }}

{{- define "lucency.pullSecrets" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets: {{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* Which nodes; pods with GPUs have their own. */}}
{{- define "lucency.placement" -}}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Each pod by name: a client of a cluster must find the others when the first is gone. */}}
{{- define "lucency.natsUrl" -}}
{{- if not .Values.nats.enabled }}{{ .Values.nats.outside.url }}
{{- else }}
{{- $nats := printf "%s-nats" (include "lucency.fullname" .) }}
{{- $servers := list }}
{{- range $i := until (int .Values.nats.replicas) }}{{ $servers = append $servers (printf "nats://%s-%d.%s:4222" $nats $i $nats) }}{{ end }}
{{- join "," $servers }}
{{- end }}
{{- end }}

{{- define "lucency.natsCopies" -}}
{{ .Values.nats.enabled | ternary .Values.nats.replicas .Values.nats.outside.copies }}
{{- end }}

{{- define "lucency.blobsUrl" -}}
{{- if eq .Values.blobs.kind "disk" }}file:///blobs
{{- else if eq .Values.blobs.kind "trial-s3" }}s3://lucency?endpoint=http://{{ include "lucency.fullname" . }}-s3:7070&region=us-east-1&forcePathStyle=1
{{- else }}{{ .Values.blobs.s3.url }}
{{- end }}
{{- end }}

{{/* Requests in hand, and the sleep before SIGTERM: until every node knows that a pod is going, requests still arrive. */}}
{{- define "lucency.leaveSeconds" -}}10{{- end }}

{{/* A worker ends what is in hand, which takes as long as a job may, and has a few seconds to publish the result. */}}
{{- define "lucency.workerStopSeconds" -}}
{{ add .Values.jobDeadlineSeconds 5 }}
{{- end }}

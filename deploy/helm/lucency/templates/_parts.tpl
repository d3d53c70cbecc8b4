{{/* Objects and pieces that every component has in the same shape. All take (list $ "component"). */}}

{{- define "lucency.serviceAccount" -}}
{{- $root := index . 0 -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ index . 1 }}
  labels: {{- include "lucency.labels" . | nindent 4 }}
  {{- with $root.Values.serviceAccountAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}

{{/* In the metadata of each pod. */}}
{{- define "lucency.podAnnotations" -}}
{{- with (index . 0).Values.podAnnotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* One pod at a time gives way to a drain; with a single replica that is the one, or no node could ever be drained. */}}
{{- define "lucency.disruptionBudget" -}}
{{- $root := index . 0 -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ index . 1 }}
  labels: {{- include "lucency.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  # A pod that is not ready serves nobody; it must not hold up a drain.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "lucency.selector" . | nindent 6 }}
{{- end }}

{{/* On CPU; for what answers people. */}}
{{- define "lucency.cpuAutoscaler" -}}
{{- $root := index . 0 -}}
{{- $name := printf "%s-%s" (include "lucency.fullname" $root) (index . 1) -}}
{{- $scaling := (index $root.Values (index . 1)).autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels: {{- include "lucency.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ $name }} }
  minReplicas: {{ $scaling.min }}
  maxReplicas: {{ $scaling.max }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ $scaling.cpuPercent }} }
  behavior:
    scaleDown:
      # Every pod that goes makes its WebSockets reconnect.
      stabilizationWindowSeconds: 300
      policies: [{ type: Pods, value: 1, periodSeconds: 60 }]
{{- end }}

{{/* Certificates of the site's own authority; they come on top of those that Node carries. */}}
{{- define "lucency.trustEnv" -}}
{{- if .Values.trust.configMap }}
- { name: NODE_EXTRA_CA_CERTS, value: /trust/ca.crt }
{{- end }}
{{- end }}

{{- define "lucency.trustMount" -}}
{{- if .Values.trust.configMap }}
- { name: trust, mountPath: /trust, readOnly: true }
{{- end }}
{{- end }}

{{- define "lucency.trustVolume" -}}
{{- with .Values.trust.configMap }}
- name: trust
  configMap: { name: {{ . }} }
{{- end }}
{{- end }}

{{/* What every service of ours is told; (list $ "user of NATS" stopSeconds). */}}
{{- define "lucency.serviceEnv" -}}
{{- $root := index . 0 -}}
- { name: HEALTH_PORT, value: "4001" }
- { name: LOG_LEVEL, value: {{ $root.Values.logLevel }} }
- { name: STOP_SECONDS, value: {{ index . 2 | quote }} }
{{- with $root.Values.telemetry.endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
- { name: OTEL_TRACES_SAMPLER_ARG, value: {{ $root.Values.telemetry.sampleShare | quote }} }
{{- end }}
- { name: NATS_URL, value: {{ include "lucency.natsUrl" $root | quote }} }
{{- if $root.Values.secrets.nats }}
- { name: NATS_USER, value: {{ index . 1 }} }
- name: NATS_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ $root.Values.secrets.nats }}, key: {{ index . 1 }}-password } }
{{- end }}
{{- if $root.Values.nats.tls.secret }}
- { name: NATS_CA_FILE, value: /nats-authority/ca.crt }
{{- end }}
- { name: BLOB_STORE_URL, value: {{ include "lucency.blobsUrl" $root | quote }} }
{{- include "lucency.trustEnv" $root }}
{{- end }}

{{/*
What a site adds to every service and Job of ours, and to one of them; last, so that it counts. (list $ .Values.gateway), or
(list $ nil) for a Job.
*/}}
{{- define "lucency.extraEnv" -}}
{{- with concat (index . 0).Values.extraEnv ((index . 1 | default dict).extraEnv | default list) }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{/* What dispatches, records and sweeps is told, inside a gateway or apart. */}}
{{- define "lucency.coordinatorEnv" -}}
- name: WORKER_DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ .Values.secrets.coordinator }}, key: worker-database-url } }
- { name: NATS_REPLICAS, value: {{ include "lucency.natsCopies" . | quote }} }
- { name: JOB_ACK_WAIT_SECONDS, value: {{ .Values.jobAckWaitSeconds | quote }} }
- { name: SWEEP_SECONDS, value: {{ .Values.coordinator.sweepSeconds | quote }} }
{{- end }}

{{- define "lucency.modelEnv" -}}
{{- with .Values.model }}
{{- if .claim }}
- { name: LUCENCY_MODEL_DIR, value: {{ printf "/models/%s" (prepend .further .directory | join ":/models/") | quote }} }
{{- end }}
{{- end }}
{{- end }}

{{/*
How consumers of jobs end, as JSON: those of the model in use, then those of each further model; `consumers` of
packages/contracts names them.
*/}}
{{- define "lucency.lanes" -}}
{{- $lanes := list "stat" "routine" -}}
{{- range .Values.model.further }}
{{- $model := replace "." "_" . -}}
{{- $lanes = concat $lanes (list (printf "stat-%s" $model) (printf "routine-%s" $model)) -}}
{{- end }}
{{- toJson $lanes }}
{{- end }}

{{- define "lucency.modelMount" -}}
{{- if .Values.model.claim }}
- { name: models, mountPath: /models, readOnly: true }
{{- end }}
{{- end }}

{{- define "lucency.modelVolume" -}}
{{- with .Values.model.claim }}
- name: models
  persistentVolumeClaim: { claimName: {{ . }}, readOnly: true }
{{- end }}
{{- end }}

{{/* Nothing that NATS, Postgres or S3 does restarts a pod: alive means that the event loop turns. */}}
{{- define "lucency.serviceProbes" -}}
readinessProbe:
  httpGet: { path: /readyz, port: health }
  periodSeconds: 5
  timeoutSeconds: 2
livenessProbe:
  httpGet: { path: /healthz, port: health }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{- define "lucency.storageEnvFrom" -}}
{{- if and (ne .Values.blobs.kind "disk") .Values.secrets.blobs }}
envFrom:
  - secretRef: { name: {{ .Values.secrets.blobs }} }
{{- end }}
{{- end }}

{{- define "lucency.storageMounts" -}}
- { name: scratch, mountPath: /tmp }
{{- if eq .Values.blobs.kind "disk" }}
- { name: blobs, mountPath: /blobs }
{{- end }}
{{- if .Values.nats.tls.secret }}
- { name: nats-authority, mountPath: /nats-authority, readOnly: true }
{{- end }}
{{- include "lucency.trustMount" . }}
{{- end }}

{{- define "lucency.storageVolumes" -}}
- name: scratch
  emptyDir: { sizeLimit: 256Mi }
{{- if eq .Values.blobs.kind "disk" }}
- name: blobs
  persistentVolumeClaim: { claimName: {{ include "lucency.fullname" . }}-blobs }
{{- end }}
{{- with .Values.nats.tls.secret }}
# Not the servers' key.
- name: nats-authority
  secret: { secretName: {{ . }}, items: [{ key: ca.crt, path: ca.crt }] }
{{- end }}
{{- include "lucency.trustVolume" . }}
{{- end }}

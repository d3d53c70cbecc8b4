{{/* Objects and pieces that every component has in the same shape. All take (list $ "component"). */}}

{{- define "lucency.serviceAccount" -}}
{{- $root := index . 0 -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ index . 1 }}
  labels: {{- include "lucency.labels" . | nindent 4 }}
automountServiceAccountToken: false
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

{{/* Where blobs lie, where the model lies: gateway and workers alike. */}}
{{- define "lucency.storageEnv" -}}
- { name: BLOB_STORE_URL, value: {{ include "lucency.blobsUrl" . | quote }} }
{{- if .Values.model.claim }}
- { name: LUCENCY_MODEL_DIR, value: {{ printf "/models/%s" .Values.model.directory | quote }} }
{{- end }}
{{- end }}

{{- define "lucency.storageEnvFrom" -}}
{{- if and (eq .Values.blobs.kind "s3") .Values.secrets.blobs }}
envFrom:
  - secretRef: { name: {{ .Values.secrets.blobs }} }
{{- end }}
{{- end }}

{{- define "lucency.storageMounts" -}}
- { name: scratch, mountPath: /tmp }
{{- if eq .Values.blobs.kind "disk" }}
- { name: blobs, mountPath: /blobs }
{{- end }}
{{- if .Values.model.claim }}
- { name: models, mountPath: /models, readOnly: true }
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
{{- with .Values.model.claim }}
- name: models
  persistentVolumeClaim: { claimName: {{ . }}, readOnly: true }
{{- end }}
{{- include "lucency.trustVolume" . }}
{{- end }}

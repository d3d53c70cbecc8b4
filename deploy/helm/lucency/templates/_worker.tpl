{{/*
A Deployment that takes jobs from NATS: inference on CPU or GPU, and explain.
(dict "root" $ "component" "explain" "image" "explain" "user" "explain" "values" .Values.explain "env" "yaml list"), and for GPUs
"mounts" and "volumes" as yaml lists, "limits" as a map, "pod" as yaml in place of what all pods have of nodes, "startSeconds", "strategy".
*/}}
{{- define "lucency.worker" -}}
{{- $root := .root -}}
{{- $me := list $root .component -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ .component }}
  labels: {{- include "lucency.labels" $me | nindent 4 }}
spec:
  {{- if not $root.Values.keda.enabled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  {{- with .strategy }}
  strategy:
    rollingUpdate: {{- toYaml . | nindent 6 }}
  {{- end }}
  selector:
    matchLabels: {{- include "lucency.selector" $me | nindent 6 }}
  template:
    metadata:
      {{- include "lucency.podAnnotations" $me | nindent 6 }}
      labels: {{- include "lucency.labels" $me | nindent 8 }}
    spec:
      serviceAccountName: {{ include "lucency.fullname" $root }}-{{ .component }}
      {{- include "lucency.podSecurity" (list $root 10001) | nindent 6 }}
      {{- include "lucency.pullSecrets" $root | nindent 6 }}
      {{- if hasKey . "pod" }}
      {{- .pod | nindent 6 }}
      {{- else }}
      {{- include "lucency.placement" $root | nindent 6 }}
      {{- end }}
      {{- with $root.Values.workerPriorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      # On SIGTERM it takes nothing new and finishes what is in hand; a job that is not done by then is given to
      # another worker. No preStop: nothing is sent to it, it pulls.
      terminationGracePeriodSeconds: {{ add (include "lucency.workerStopSeconds" $root) 10 }}
      topologySpreadConstraints: {{- include "lucency.spread" $me | nindent 8 }}
      containers:
        - name: {{ .component }}
          image: {{ include "lucency.image" (list $root .image) }}
          imagePullPolicy: {{ $root.Values.images.pullPolicy }}
          securityContext: {{- include "lucency.containerSecurity" $root | nindent 12 }}
          ports:
            - { name: health, containerPort: 4001 }
          env:
            - { name: JOB_ACK_WAIT_SECONDS, value: {{ $root.Values.jobAckWaitSeconds | quote }} }
            - { name: JOB_DEADLINE_SECONDS, value: {{ $root.Values.jobDeadlineSeconds | quote }} }
            {{- include "lucency.serviceEnv" (list $root .user (include "lucency.workerStopSeconds" $root)) | nindent 12 }}
            {{- include "lucency.modelEnv" $root | nindent 12 }}
            {{- .env | nindent 12 }}
            {{- include "lucency.extraEnv" (list $root .values) | nindent 12 }}
          {{- include "lucency.storageEnvFrom" $root | nindent 10 }}
          # It answers once the model is loaded and NATS was reached; it waits for NATS as long as it takes.
          startupProbe:
            httpGet: { path: /healthz, port: health }
            periodSeconds: 5
            failureThreshold: {{ div (.startSeconds | default 300) 5 }}
          {{- include "lucency.serviceProbes" $root | nindent 10 }}
          resources: {{- mergeOverwrite (deepCopy .values.resources) (dict "limits" (merge (.limits | default dict) .values.resources.limits)) | toYaml | nindent 12 }}
          volumeMounts:
            {{- include "lucency.storageMounts" $root | nindent 12 }}
            {{- include "lucency.modelMount" $root | nindent 12 }}
            {{- with .mounts }}
            {{- . | nindent 12 }}
            {{- end }}
      volumes:
        {{- include "lucency.storageVolumes" $root | nindent 8 }}
        {{- include "lucency.modelVolume" $root | nindent 8 }}
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
{{- end }}

{{/*
KEDA on the jobs that wait for (dict "root" $ "component" "explain" "kind" "explain" "scaling" .Values.explain.scaling).
Several triggers would count as their maximum, so a formula adds them (KEDA #2440); jobs.score is no trigger at all.
With the default behaviour a fallback would multiply its replicas by the number of triggers (KEDA #5371).
*/}}
{{- define "lucency.jobScaler" -}}
{{- $root := .root -}}
{{- $unreadable := list -}}
{{- $waiting := list -}}
{{- $triggers := list -}}
{{- range $index, $lane := include "lucency.lanes" .root | fromJsonArray }}
{{- $trigger := hasPrefix "stat" $lane | ternary "stat" "routine" -}}
{{- if ge $index 2 }}{{ $trigger = printf "%s%d" $trigger (div $index 2) }}{{ end -}}
{{- $unreadable = append $unreadable (printf "%s == nil" $trigger) -}}
{{- $waiting = append $waiting (hasPrefix "stat" $lane | ternary (printf "(%s ?? 0) * %v" $trigger $root.Values.keda.statWeight) $trigger) -}}
{{- $triggers = append $triggers (dict "name" $trigger "lane" $lane) -}}
{{- end }}
{{- $keda := $root.Values.keda -}}
{{- $name := printf "%s-%s" (include "lucency.fullname" $root) .component -}}
{{- $kind := .kind -}}
{{- $monitoring := $root.Values.nats.outside.monitoring -}}
{{- if $root.Values.nats.enabled }}{{ $monitoring = printf "%s-nats.%s.svc:8222" (include "lucency.fullname" $root) $root.Release.Namespace }}{{ end -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ $name }}
  labels: {{- include "lucency.labels" (list $root .component) | nindent 4 }}
spec:
  scaleTargetRef: { name: {{ $name }} }
  pollingInterval: {{ $keda.pollingSeconds }}
  cooldownPeriod: {{ $keda.cooldownSeconds }}
  minReplicaCount: {{ .scaling.min }}
  maxReplicaCount: {{ .scaling.max }}
  # Without the monitoring port nobody knows the backlog: so many pods then, whatever the formula would say.
  fallback: { failureThreshold: 3, replicas: {{ .scaling.fallback }}, behavior: scalingModifiers }
  advanced:
    scalingModifiers:
      # Nil, upon which KEDA takes the fallback, when a lane cannot be read; KEDA lets a formula be nil only where ?? is in it.
      formula: {{ printf "%s ? nil : %s" (join " || " $unreadable) (join " + " $waiting) | quote }}
      target: {{ .scaling.jobsPerPod | quote }}
      # From none to one only above this: a GPU node is not started for a single study that a CPU pod reads at once.
      activationTarget: {{ .scaling.wakeAbove | quote }}
      metricType: AverageValue
    horizontalPodAutoscalerConfig:
      behavior:
        scaleDown:
          stabilizationWindowSeconds: 120
  triggers:
    {{- range $triggers }}
    - type: nats-jetstream
      name: {{ .name }}
      metadata:
        natsServerMonitoringEndpoint: {{ $monitoring | quote }}
        account: {{ $root.Values.nats.enabled | ternary "LUCENCY" $root.Values.nats.outside.account | quote }}
        stream: JOBS
        consumer: {{ $kind }}-{{ .lane }}
        # Required, and without meaning beside a formula.
        lagThreshold: {{ $.scaling.jobsPerPod | quote }}
    {{- end }}
{{- end }}

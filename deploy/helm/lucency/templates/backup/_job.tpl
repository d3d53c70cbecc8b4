{{/*
A CronJob around the backups. (dict "root" $ "name" "restore" "schedule" "..." "suspend" true "init" "yaml list" "main" "yaml
list"). Containers share /work, where the dump lies on its way.
*/}}
{{- define "lucency.backupJob" -}}
{{- $root := .root -}}
{{- $me := list $root "backup" -}}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ .name }}
  labels: {{- include "lucency.labels" $me | nindent 4 }}
spec:
  schedule: {{ .schedule | quote }}
  suspend: {{ .suspend | default false }}
  # The one before is still at it: the next time will do.
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 2
      {{- if not .suspend }}
      # One that hangs would keep every later one away; what it has copied stays.
      activeDeadlineSeconds: 43200
      {{- end }}
      template:
        metadata:
          labels: {{- include "lucency.labels" $me | nindent 12 }}
        spec:
          restartPolicy: Never
          serviceAccountName: {{ include "lucency.fullname" $root }}-backup
          {{- include "lucency.podSecurity" (list $root 10001) | nindent 10 }}
          {{- include "lucency.pullSecrets" $root | nindent 10 }}
          {{- include "lucency.placement" $root | nindent 10 }}
          {{- with .init }}
          initContainers:
            {{- . | nindent 12 }}
          {{- end }}
          containers:
            {{- .main | nindent 12 }}
          volumes:
            - name: work
              emptyDir: {}
            - name: scratch
              emptyDir: { sizeLimit: 64Mi }
            {{- if eq $root.Values.blobs.kind "disk" }}
            - name: blobs
              persistentVolumeClaim: { claimName: {{ include "lucency.fullname" $root }}-blobs }
            {{- end }}
            {{- with $root.Values.backup.claim }}
            - name: backups
              persistentVolumeClaim: { claimName: {{ . }} }
            {{- end }}
            {{- include "lucency.trustVolume" $root | nindent 12 }}
{{- end }}

{{/* (list $ "name" "gateway or postgres" (list "node" ...) ): one step of a backup or restore. */}}
{{- define "lucency.backupStep" -}}
{{- $root := index . 0 -}}
{{- $ours := eq (index . 2) "gateway" -}}
- name: {{ index . 1 }}
  image: {{ $ours | ternary (include "lucency.image" (list $root "gateway")) $root.Values.postgres.image }}
  imagePullPolicy: {{ $root.Values.images.pullPolicy }}
  securityContext: {{- include "lucency.containerSecurity" $root | nindent 4 }}
  {{- /* Kubernetes reads $$ as a dollar, and $(NAME) as a variable. */}}
  command: {{- toYaml (index . 3) | replace "$" "$$" | nindent 4 }}
  env:
    - { name: DUMP_FILE, value: /work/database.dump }
    {{- if has (index . 1) (list "dump" "restore" "migrate") }}
    - name: OWNER_DATABASE_URL
      valueFrom: { secretKeyRef: { name: {{ $root.Values.secrets.owner }}, key: owner-database-url } }
    {{- end }}
    {{- if $ours }}
    - { name: BLOB_STORE_URL, value: {{ include "lucency.blobsUrl" $root | quote }} }
    - { name: BACKUP_BLOB_STORE_URL, value: {{ empty $root.Values.backup.claim | ternary $root.Values.backup.store "file:///backups" | quote }} }
    - { name: BACKUPS_KEPT, value: {{ $root.Values.backup.keep | quote }} }
    - { name: BACKUP, value: {{ $root.Values.backup.restore }} }
    {{- include "lucency.trustEnv" $root | nindent 4 }}
    {{- include "lucency.extraEnv" (list $root nil) | nindent 4 }}
    {{- else if $root.Values.trust.configMap }}
    - { name: PGSSLROOTCERT, value: /trust/ca.crt }
    {{- end }}
  {{- if and $ours $root.Values.secrets.blobs }}
  envFrom:
    - secretRef: { name: {{ $root.Values.secrets.blobs }} }
  {{- end }}
  resources: {{- toYaml $root.Values.backup.resources | nindent 4 }}
  volumeMounts:
    - { name: work, mountPath: /work }
    - { name: scratch, mountPath: /tmp }
    {{- if eq $root.Values.blobs.kind "disk" }}
    - { name: blobs, mountPath: /blobs }
    {{- end }}
    {{- if $root.Values.backup.claim }}
    - { name: backups, mountPath: /backups }
    {{- end }}
    {{- include "lucency.trustMount" $root | nindent 4 }}
{{- end }}

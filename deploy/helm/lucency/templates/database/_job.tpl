{{/*
A Job of the gateway's image that acts as the owner of the database.
(dict "root" $ "name" "migrate" "hook" "pre-upgrade" "weight" "0" "command" (list "node" ...) "env" "yaml list"
"mounts" "yaml list" "volumes" "yaml list"); without "hook" it is a part of the release like any other.
*/}}
{{- define "lucency.ownerJob" -}}
{{- $root := .root -}}
{{- $me := list $root "database" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "lucency.fullname" $root }}-{{ .name }}
  labels: {{- include "lucency.labels" $me | nindent 4 }}
  {{- if .hook }}
  annotations:
    helm.sh/hook: {{ .hook }}
    helm.sh/hook-weight: {{ .weight | quote }}
    # One that failed stays, with its log.
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
  {{- end }}
spec:
  # Without a hook it starts beside the database, and tries until that answers.
  backoffLimit: {{ empty .hook | ternary 6 3 }}
  activeDeadlineSeconds: 900
  template:
    metadata:
      labels: {{- include "lucency.labels" $me | nindent 8 }}
    spec:
      restartPolicy: Never
      {{- include "lucency.podSecurity" (list $root 10001) | nindent 6 }}
      {{- include "lucency.pullSecrets" $root | nindent 6 }}
      {{- include "lucency.placement" $root | nindent 6 }}
      containers:
        - name: {{ .name }}
          image: {{ include "lucency.image" (list $root "gateway") }}
          imagePullPolicy: {{ $root.Values.images.pullPolicy }}
          securityContext: {{- include "lucency.containerSecurity" $root | nindent 12 }}
          command: {{- toYaml .command | nindent 12 }}
          env:
            - name: OWNER_DATABASE_URL
              valueFrom: { secretKeyRef: { name: {{ $root.Values.secrets.owner }}, key: owner-database-url } }
            {{- with .env }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- include "lucency.extraEnv" (list $root nil) | nindent 12 }}
          resources: { requests: { cpu: 100m, memory: 256Mi }, limits: { memory: 512Mi } }
          volumeMounts:
            - { name: scratch, mountPath: /tmp }
            {{- with .mounts }}
            {{- . | nindent 12 }}
            {{- end }}
      volumes:
        - name: scratch
          emptyDir: { sizeLimit: 64Mi }
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
{{- end }}

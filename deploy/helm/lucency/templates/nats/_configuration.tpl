{{- define "lucency.natsConfiguration" -}}
{{- $name := printf "%s-nats" (include "lucency.fullname" .) -}}
server_name: $POD_NAME
port: 4222
http: 8222
pid_file: /run/nats/nats.pid
# 30 s is the least that the server takes.
lame_duck_duration: 30s
lame_duck_grace_period: 5s
# A job or result takes a few kilobytes; images never cross NATS.
max_payload: 1MB
jetstream {
  store_dir: /data
  # Both streams at their limit of 1 GiB, and room for what is being compacted.
  max_file_store: 3GB
  max_memory_store: 64MB
}
{{- if gt (int .Values.nats.replicas) 1 }}
cluster {
  name: {{ $name }}
  port: 6222
  routes: [
    {{- range $i := until (int .Values.nats.replicas) }}
    nats-route://{{ $name }}-{{ $i }}.{{ $name }}:6222
    {{- end }}
  ]
}
{{- end }}
{{- end }}

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
{{ include "lucency.natsAccounts" . }}
{{- if .Values.nats.tls.secret }}
tls {
  cert_file: /tls/tls.crt
  key_file: /tls/tls.key
}
{{- end }}
{{- if gt (int .Values.nats.replicas) 1 }}
cluster {
  name: {{ $name }}
  port: 6222
  # Clients know every server by name; the addresses that servers know each other by stand in no certificate.
  no_advertise: true
  {{- if .Values.nats.tls.secret }}
  # Each must show a certificate of the same authority.
  tls {
    cert_file: /tls/tls.crt
    key_file: /tls/tls.key
    ca_file: /tls/ca.crt
  }
  {{- end }}
  routes: [
    {{- range $i := until (int .Values.nats.replicas) }}
    nats-route://{{ $name }}-{{ $i }}.{{ $name }}:6222
    {{- end }}
  ]
}
{{- end }}
{{- end }}

{{- define "lucency.certificateWatch" -}}
sum() { cat "$TLS_FOLDER"/tls.crt "$TLS_FOLDER"/tls.key "$TLS_FOLDER"/ca.crt | sha256sum; }
trap 'exit 0' TERM
known=$(sum)
while true; do
  sleep "$CHECK_SECONDS" & wait $!
  now=$(sum)
  [ "$now" = "$known" ] && continue
  kill -HUP "$(cat "$PID_FILE")" && known=$now && echo "told nats-server of a new certificate"
done
{{- end }}

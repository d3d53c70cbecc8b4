{{/* The file of DICOM_SENDERS_FILE: each entity signs in with the secret that lies under its client's id. */}}
{{- define "lucency.dicomSenders" -}}
{{- $entities := list }}
{{- range .Values.dicom.entities }}
{{- $client := dict "id" .clientId "secretFile" (printf "/clients/%s" .clientId) }}
{{- $entities = append $entities (merge (dict "client" $client) (omit . "clientId")) }}
{{- end }}
{{- dict "applicationEntities" $entities | toJson }}
{{- end }}

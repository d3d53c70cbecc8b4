{{/* Those of this release that export metrics, as a YAML list. */}}
{{- define "lucency.exporting" -}}
- gateway
{{- if .Values.coordinator.apart }}
- coordinator
{{- end }}
{{- if .Values.inferenceCpu.enabled }}
- inference-cpu
{{- end }}
{{- if .Values.inferenceGpu.enabled }}
- inference-gpu
{{- end }}
- explain
{{- if .Values.dicom.enabled }}
- dicom
{{- end }}
{{- end }}

{{- define "lucency.gpuEnv" -}}
# Without a GPU it does not start: it never computes on the CPU unasked.
- { name: ENGINE, value: tfjs-node }
- { name: TF_FORCE_GPU_ALLOW_GROWTH, value: "true" }
# The binding carries no machine code for the newest cards: CUDA compiles it once and keeps it here.
- { name: CUDA_CACHE_PATH, value: /cuda-cache }
- { name: CUDA_CACHE_MAXSIZE, value: "4294967296" }
{{- end }}

{{- define "lucency.gpuMounts" -}}
- { name: cuda-cache, mountPath: /cuda-cache }
{{- end }}

{{- define "lucency.gpuVolumes" -}}
- name: cuda-cache
  {{- with .Values.inferenceGpu.cudaCache }}
  {{- if .claim }}
  persistentVolumeClaim: { claimName: {{ .claim }} }
  {{- else }}
  emptyDir: { sizeLimit: {{ .sizeLimit }} }
  {{- end }}
  {{- end }}
{{- end }}

{{- define "lucency.gpuPod" -}}
{{- with .Values.inferenceGpu }}
{{- with .runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

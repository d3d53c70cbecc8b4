{{/*
Who may do what in NATS; nowhere else is it said. `npm run test:chart` runs the services' own messaging against it.
Each service publishes its own kind of message and takes its own jobs; each listens to its own answers only.
Passwords come from the environment of the server, in quotes: NATS would read one that begins with a digit as a number.
*/}}
{{- define "lucency.natsAccounts" -}}
accounts {
  LUCENCY {
    jetstream: enabled
    users: [
      {
        user: gateway, password: $QUOTED_GATEWAY
        permissions {
          publish { allow: ["hints.tasks-due", "changes.*"] }
          subscribe { allow: ["changes.*", "_INBOX.gateway.>"] }
        }
      }
      {
        user: coordinator, password: $QUOTED_COORDINATOR
        permissions {
          publish {
            allow: [
              "jobs.>", "hints.tasks-due", "changes.*"
              "$JS.API.STREAM.CREATE.JOBS", "$JS.API.STREAM.UPDATE.JOBS", "$JS.API.STREAM.PURGE.JOBS"
              "$JS.API.STREAM.CREATE.RESULTS", "$JS.API.STREAM.UPDATE.RESULTS", "$JS.API.STREAM.MSG.GET.RESULTS"
              "$JS.API.CONSUMER.CREATE.JOBS.>", "$JS.API.CONSUMER.CREATE.RESULTS.>"
              "$JS.API.CONSUMER.INFO.RESULTS.recorder", "$JS.API.CONSUMER.MSG.NEXT.RESULTS.recorder"
              "$JS.ACK.RESULTS.recorder.>"
            ]
          }
          subscribe { allow: ["hints.tasks-due", "changes.*", "_INBOX.coordinator.>"] }
        }
      }
      {
        user: inference, password: $QUOTED_INFERENCE
        permissions {
          publish {
            allow: [
              "results.classify.*"
              {{- include "lucency.natsTakes" (list . "classify") | nindent 14 }}
            ]
          }
          subscribe { allow: ["_INBOX.inference.>"] }
        }
      }
      {
        user: explain, password: $QUOTED_EXPLAIN
        permissions {
          publish {
            allow: [
              "results.explain.*", "results.score.*"
              {{- include "lucency.natsTakes" (list . "explain") | nindent 14 }}
              {{- include "lucency.natsTakes" (list . "score") | nindent 14 }}
              # How much is waiting for inference: while it is, nothing is scored.
              {{- include "lucency.natsCounts" (list . "classify") | nindent 14 }}
            ]
          }
          subscribe { allow: ["_INBOX.explain.>"] }
        }
      }
    ]
  }
}
{{- end }}

{{/* (list $ kind) */}}
{{- define "lucency.natsCounts" -}}
{{- range include "lucency.lanes" (index . 0) | fromJsonArray }}
"$JS.API.CONSUMER.INFO.JOBS.{{ index $ 1 }}-{{ . }}"
{{- end }}
{{- end }}

{{/* (list $ kind) */}}
{{- define "lucency.natsTakes" -}}
{{ include "lucency.natsCounts" . }}
{{- range include "lucency.lanes" (index . 0) | fromJsonArray }}
"$JS.API.CONSUMER.MSG.NEXT.JOBS.{{ index $ 1 }}-{{ . }}"
"$JS.ACK.JOBS.{{ index $ 1 }}-{{ . }}.>"
{{- end }}
{{- end }}

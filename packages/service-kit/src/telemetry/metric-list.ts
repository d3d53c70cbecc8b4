import {
  deliveryFailure,
  expectedFailureCodes,
  failureCode,
  jobKind,
  priority,
  refusalCode,
  withholdingCode,
} from '@lucency/contracts';

/** A label whose values are names of fields in the GraphQL schema: as many as there are root fields. */
export const rootField = 'field of the schema';

const kinds = jobKind.options;
const destinationKinds = ['DICOM', 'DICOMWEB', 'FHIR'] as const;
const priorities = priority.options;
const none = 'none';

/** Seconds; the service levels (.5, 5, 10, 30) are bounds, so that a share of good answers is exact. */
const requestSeconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const waitingSeconds = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];
const workSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const batchSizes = [1, 2, 4, 8, 16, 32, 64, 100, 200];

export interface MetricDefinition {
  kind: 'counter' | 'histogram' | 'gauge';
  help: string;
  labels: Readonly<Record<string, readonly string[] | typeof rootField>>;
  /** Of a histogram. */
  buckets?: readonly number[];
}

/** How connections to the DICOM port end; its service compiles only with these. */
const associationOutcomes = [
  'released',
  'aborted',
  'lost',
  'rejected_called',
  'rejected_calling',
  'rejected_busy',
  'violation',
  'late',
  'stopping',
  'never_began',
] as const;

/** Why the DICOM port does not store an instance; its service compiles only with these. */
const instanceReasons = [
  'BUSY',
  'QUOTA',
  'GATEWAY_AWAY',
  'NOT_CONFIGURED',
  'SPOOL_FULL',
  'SPOOL_FAILED',
  'LENGTHS_DIFFER',
  'STOPPING',
  'TOO_LARGE',
  'INVALID_UID',
  'NO_DATA_SET',
  'UNREADABLE',
  'NO_IMAGE',
  'MISMATCH',
  'DUPLICATE_UID',
  'STUDY_FULL',
  'REFUSED',
] as const;

/**
 * Every metric that any service exports. Rules and dashboards are checked against this list, and a label takes only
 * the values it names: no id, and no word that a client chose, can become a time series.
 */
export const metricList = {
  lucency_graphql_duration_seconds: {
    kind: 'histogram',
    help: 'Time to answer a GraphQL operation, by each root field that it asks for.',
    labels: { field: rootField, outcome: ['ok', 'refused', 'error'] },
    buckets: requestSeconds,
  },
  lucency_http_duration_seconds: {
    kind: 'histogram',
    help: 'Time to answer an HTTP request; refused is the fault of the client, error ours.',
    labels: {
      route: ['graphql', 'upload', 'image', 'other'],
      outcome: ['ok', 'refused', 'error'],
    },
    buckets: requestSeconds,
  },
  lucency_submissions_total: {
    kind: 'counter',
    help: 'Studies submitted; repeated ones were answered with an earlier study.',
    labels: { priority: priorities, outcome: ['created', 'repeated'] },
  },
  lucency_expected_failures_total: {
    kind: 'counter',
    help: 'Mutations answered with an expected failure.',
    labels: { field: rootField, code: expectedFailureCodes },
  },
  lucency_sockets_open: {
    kind: 'gauge',
    help: 'WebSockets open for subscriptions.',
    labels: {},
  },
  lucency_subscriptions_open: {
    kind: 'gauge',
    help: 'Subscriptions that changes are passed on to.',
    labels: {},
  },
  lucency_backlog_tasks: {
    kind: 'gauge',
    help: 'Tasks that are due and without an answer, in Postgres; the same from every coordinator.',
    labels: { kind: kinds, priority: priorities },
  },
  lucency_backlog_age_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest task that is due and without an answer; the same from every coordinator.',
    labels: { kind: kinds, priority: priorities },
  },
  lucency_deliveries_waiting: {
    kind: 'gauge',
    help: 'Deliveries to destinations that are switched on and not yet made; the same from every coordinator.',
    labels: { kind: destinationKinds },
  },
  lucency_delivery_age_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest delivery that is not yet made; the same from every coordinator.',
    labels: { kind: destinationKinds },
  },
  lucency_deliveries_failed: {
    kind: 'gauge',
    help: 'Deliveries that were given up and that nobody has retried; the same from every coordinator.',
    labels: { kind: destinationKinds },
  },
  lucency_dispatched_tasks: {
    kind: 'histogram',
    help: 'Tasks that one round of the dispatcher took.',
    labels: {},
    buckets: batchSizes,
  },
  lucency_recorded_results: {
    kind: 'histogram',
    help: 'Results recorded in one transaction.',
    labels: {},
    buckets: batchSizes,
  },
  lucency_results_total: {
    kind: 'counter',
    help: 'Results that counted, by how the job ended and why; failed ones are dead tasks.',
    labels: {
      kind: kinds,
      outcome: ['read', 'refused', 'drawn', 'withheld', 'scored', 'later', 'failed'],
      reason: [none, ...refusalCode.options, ...failureCode.options, ...withholdingCode.options],
    },
  },
  lucency_tries_total: {
    kind: 'counter',
    help: 'Tries that ended without an answer by the fault of the job.',
    labels: { kind: kinds },
  },
  lucency_time_to_reading_seconds: {
    kind: 'histogram',
    help: 'From the submission of a study to its recorded reading or refusal.',
    labels: { priority: priorities },
    buckets: waitingSeconds,
  },
  lucency_time_to_heatmap_seconds: {
    kind: 'histogram',
    help: 'From the submission of a study to its recorded heatmap.',
    labels: { priority: priorities },
    buckets: waitingSeconds,
  },
  lucency_job_queue_seconds: {
    kind: 'histogram',
    help: 'Time a job waited in NATS before a worker took it.',
    labels: { kind: kinds, priority: priorities },
    buckets: waitingSeconds,
  },
  lucency_job_duration_seconds: {
    kind: 'histogram',
    help: 'Time a worker spent on a job.',
    labels: { kind: kinds, priority: priorities, outcome: ['answered', 'later', 'failed'] },
    buckets: workSeconds,
  },
  lucency_job_step_seconds: {
    kind: 'histogram',
    help: 'Time of one step of a job.',
    labels: {
      kind: kinds,
      step: ['fetch', 'prepare', 'wait', 'infer', 'evidence', 'draw', 'store', 'score'],
    },
    buckets: workSeconds,
  },
  lucency_engine_batch_images: {
    kind: 'histogram',
    help: 'Images in the batch that an image was read in.',
    labels: {},
    buckets: [1, 2, 4, 8, 16, 32],
  },
  lucency_reading_probability: {
    kind: 'histogram',
    help: 'Calibrated probability of pneumonia of readings.',
    labels: {},
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  },
  lucency_reading_drift: {
    kind: 'gauge',
    help: "Population stability index of this worker's last readings against the model's report.",
    labels: {},
  },
  lucency_blob_duration_seconds: {
    kind: 'histogram',
    help: 'Time of one call to the blob store.',
    labels: { operation: ['read', 'write', 'writeStream', 'delete'], outcome: ['ok', 'absent', 'error'] },
    buckets: workSeconds,
  },
  lucency_delivery_tries_total: {
    kind: 'counter',
    help: 'Tries to deliver something to a destination, by why they failed.',
    labels: {
      content: ['RESULT', 'HEATMAP', 'REVIEW', 'ECHO'],
      reason: [none, ...deliveryFailure.options],
    },
  },
  lucency_dicom_associations_open: {
    kind: 'gauge',
    help: 'Associations that a DICOM port holds.',
    labels: {},
  },
  lucency_dicom_associations_limit: {
    kind: 'gauge',
    help: 'Associations that a DICOM port may hold.',
    labels: {},
  },
  lucency_dicom_connections_total: {
    kind: 'counter',
    help: 'Connections to a DICOM port that ended, by how.',
    labels: { outcome: associationOutcomes },
  },
  lucency_dicom_instances_total: {
    kind: 'counter',
    help: 'Instances answered, by status and why it was not success; repeated ones were stored before.',
    labels: {
      status: ['0000', '0111', 'A700', 'A900', 'C000'],
      reason: [none, 'REPEATED', ...instanceReasons],
    },
  },
  lucency_dicom_received_bytes_total: {
    kind: 'counter',
    help: 'Bytes of the instances that arrived whole.',
    labels: {},
  },
  lucency_dicom_store_seconds: {
    kind: 'histogram',
    help: 'From the last byte of an instance to its answer.',
    labels: { outcome: ['stored', 'later', 'refused'] },
    buckets: waitingSeconds,
  },
  lucency_dicom_spool_bytes: {
    kind: 'gauge',
    help: 'Bytes of instances that are arriving or on their way to the gateway.',
    labels: {},
  },
  lucency_dicom_spool_limit_bytes: {
    kind: 'gauge',
    help: 'Bytes that such instances may take.',
    labels: {},
  },
  lucency_postgres_connections: {
    kind: 'gauge',
    help: 'Connections of a pool, and callers that wait for one.',
    labels: { pool: ['app', 'reader', 'worker'], state: ['in_use', 'idle', 'waiting'] },
  },
  lucency_postgres_connections_limit: {
    kind: 'gauge',
    help: 'Connections that a pool may open.',
    labels: { pool: ['app', 'reader', 'worker'] },
  },
  lucency_nats_connected: {
    kind: 'gauge',
    help: '1 while connected to NATS.',
    labels: {},
  },
  lucency_event_loop_delay_seconds: {
    kind: 'gauge',
    help: 'How late the event loop was since the last scrape.',
    labels: { quantile: ['0.5', '0.99', '1'] },
  },
  process_resident_memory_bytes: {
    kind: 'gauge',
    help: 'Memory that the process holds.',
    labels: {},
  },
  lucency_heap_used_bytes: {
    kind: 'gauge',
    help: "Memory in use on V8's heap.",
    labels: {},
  },
  process_cpu_seconds_total: {
    kind: 'counter',
    help: 'User and system time of the process and its threads.',
    labels: {},
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metricList;
type KindOf<Name extends MetricName> = (typeof metricList)[Name]['kind'];
/** The metrics of one kind. */
export type MetricOf<Kind extends MetricDefinition['kind']> = {
  [Name in MetricName]: KindOf<Name> extends Kind ? Name : never;
}[MetricName];

/** The labels of a metric, each with the values that it may take. */
export type LabelsOf<Name extends MetricName> = {
  [Label in keyof (typeof metricList)[Name]['labels']]: (typeof metricList)[Name]['labels'][Label] extends readonly (infer Value extends
    string)[]
    ? Value
    : string;
};

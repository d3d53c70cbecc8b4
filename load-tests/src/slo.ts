// Read by k6 too: imports nothing that only Node has.

/** The service levels that every load test is held to, or watched by. */
export const serviceLevels = {
  /** From asking for an upload to the answer of the submission, bytes and all. */
  uploadAcknowledged: { p95Ms: 500 },
  /** From the answer of the submission to the reading, as the client sees it. */
  statResult: { p95Ms: 5_000 },
  routineResult: { p95Ms: 10_000, p99Ms: 30_000 },
  /** Of all requests; BUSY and QUOTA are answers, not errors. */
  errorShare: 0.001,
} as const;

/** Names of the metrics that the journeys write. */
export const metric = {
  uploadAcknowledged: 'upload_acknowledged',
  statResult: 'result_stat',
  routineResult: 'result_routine',
  errors: 'errors',
  turnedAway: 'turned_away',
  worklistShown: 'worklist_shown',
  subscribed: 'subscribed',
  imageShown: 'image_shown',
} as const;

const { uploadAcknowledged, statResult, routineResult, errorShare } = serviceLevels;

/** The same as k6 writes them. */
export const thresholds: Record<string, string[]> = {
  [metric.uploadAcknowledged]: [`p(95)<${uploadAcknowledged.p95Ms}`],
  [metric.statResult]: [`p(95)<${statResult.p95Ms}`],
  [metric.routineResult]: [`p(95)<${routineResult.p95Ms}`, `p(99)<${routineResult.p99Ms}`],
  [metric.errors]: [`rate<${errorShare}`],
};

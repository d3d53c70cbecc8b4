import { sleep } from 'k6';
import type { Answer } from './answer.ts';
import type { Draft } from './drafts.ts';
import { askAll } from './graphql.ts';
import { uploadAcknowledged } from './measurements.ts';
import { note } from './notes.ts';
import type { Participant } from './participants.ts';
import { putAll } from './pictures.ts';

export interface Submitted {
  key: string;
  studyId: string;
  stat: boolean;
  /** Epoch milliseconds. */
  acknowledgedAt: number;
}

const patienceMs = 60_000;
const retryAfterErrorSeconds = 1;
/** Within the range that the model was trained on, and that every site accepts. */
const patientAgeMonths = 30;

const createUpload = `mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    __typename
    ... on CreateUploadPayload { upload { id url } }
    ... on BusyError { code retryAfterSeconds }
    ... on QuotaError { code retryAfterSeconds }
    ... on Error { code }
  }
}`;
const submitStudy = `mutation SubmitStudy($input: SubmitStudyInput!) {
  submitStudy(input: $input) {
    __typename
    ... on SubmitStudyPayload { study { id } }
    ... on BusyError { code retryAfterSeconds }
    ... on Error { code }
  }
}`;

/** Submits like a careful client: repeats with the same key, and as late as it is told to. */
export function submitCarefully(participant: Participant, drafts: readonly Draft[]): Submitted[] {
  const giveUpAt = Date.now() + patienceMs;
  const submitted: Submitted[] = [];
  let open = drafts;
  while (open.length > 0) {
    const round = submitOnce(participant, open);
    submitted.push(...round.submitted);
    open = round.open;
    if (open.length > 0 && Date.now() + round.waitSeconds * 1000 > giveUpAt) {
      for (const { stat } of open) note({ is: 'gaveUp', who: participant.who, stat });
      break;
    }
    if (open.length > 0) sleep(round.waitSeconds);
  }
  return submitted;
}

/** One try of all at once. @returns which were acknowledged, which not, and how long to wait with those */
export function submitOnce(participant: Participant, drafts: readonly Draft[]) {
  const startedAt = Date.now();
  const waits: number[] = [];
  const uploaded = upload(participant, drafts, waits);
  const answers = askAll<{ submitStudy: { study: { id: string } } }>(
    uploaded.map((draft) => ({
      participant,
      operation: 'SubmitStudy',
      query: submitStudy,
      variables: {
        input: {
          siteId: draft.siteId,
          patientReference: draft.key,
          patientAgeMonths,
          priority: draft.stat ? 'STAT' : 'ROUTINE',
          uploadIds: [draft.uploadId],
          idempotencyKey: draft.key,
        },
      },
    })),
  );
  const acknowledgedAt = Date.now();
  const submitted: Submitted[] = [];
  uploaded.forEach(({ key, stat }, index) => {
    const answer = answers[index];
    if (!answer || !('data' in answer)) {
      waits.push(waitAfter(answer));
      return;
    }
    const studyId = answer.data.submitStudy.study.id;
    submitted.push({ key, studyId, stat, acknowledgedAt });
    const ms = acknowledgedAt - startedAt;
    // A draft that had been turned away did not upload in this try.
    uploadAcknowledged.add(ms, { stat: String(stat) });
    note({ is: 'acknowledged', at: acknowledgedAt, key, study: studyId, who: participant.who, stat, ms });
  });
  const done = new Set(submitted.map(({ key }) => key));
  return {
    submitted,
    open: drafts.filter(({ key }) => !done.has(key)),
    waitSeconds: Math.max(0, ...waits),
  };
}

/** Uploads the pictures that are not stored yet. @returns the drafts whose pictures are. */
function upload(participant: Participant, drafts: readonly Draft[], waits: number[]): Draft[] {
  const wanting = drafts.filter(({ uploadId }) => !uploadId);
  const answers = askAll<{ createUpload: { upload: { id: string; url: string } } }>(
    wanting.map(({ siteId, picture, stat }) => ({
      participant,
      operation: 'CreateUpload',
      query: createUpload,
      variables: {
        input: {
          siteId,
          bytes: picture.data.byteLength,
          mediaType: 'IMAGE_JPEG',
          sha256: picture.sha256,
          priority: stat ? 'STAT' : 'ROUTINE',
        },
      },
    })),
  );
  const granted = wanting.flatMap((draft, index) => {
    const answer = answers[index];
    if (answer && 'data' in answer) return [{ draft, ...answer.data.createUpload.upload }];
    waits.push(waitAfter(answer));
    return [];
  });
  const stored = putAll(
    participant.who,
    granted.map(({ url, draft }) => ({ url, picture: draft.picture })),
  );
  granted.forEach(({ draft, id }, index) => {
    const answer = stored[index];
    if (answer && 'data' in answer) draft.uploadId = id;
    else waits.push(waitAfter(answer));
  });
  return drafts.filter(({ uploadId }) => uploadId);
}

function waitAfter<T>(answer: Answer<T> | undefined): number {
  return answer && 'busy' in answer ? answer.busy.retryAfterSeconds : retryAfterErrorSeconds;
}

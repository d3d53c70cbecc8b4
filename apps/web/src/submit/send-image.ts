import type { ApolloClient } from '@apollo/client';
import { newTraceparent } from '../api/trace-link';
import { graphql } from '../gql';
import type { CreateUploadInput } from '../gql/graphql';
import { ageInMonths, type Phase, type Submission } from './submission';

const createUpload = graphql(`
  mutation CreateUpload($input: CreateUploadInput!) {
    createUpload(input: $input) {
      __typename
      ... on CreateUploadPayload {
        upload {
          id
          url
        }
      }
      ... on BusyError {
        retryAfterSeconds
      }
      ... on Error {
        message
      }
    }
  }
`);

const submitStudy = graphql(`
  mutation SubmitStudy($input: SubmitStudyInput!) {
    submitStudy(input: $input) {
      __typename
      ... on SubmitStudyPayload {
        created
        study {
          ...StudyLine
        }
      }
      ... on ConflictError {
        earlierStudy: study {
          id
        }
      }
      ... on BusyError {
        retryAfterSeconds
      }
      ... on Error {
        message
      }
    }
  }
`);

/** The gateway said no, with a sentence for the person. */
export class SendingRefused extends Error {
  override name = 'SendingRefused';
  readonly earlierStudyId: string | undefined;

  constructor(message: string, earlierStudyId?: string) {
    super(message);
    this.earlierStudyId = earlierStudyId;
  }
}

/** More studies wait than can be read in time; the same try is welcome later. */
export class ComeBackLater extends Error {
  override name = 'ComeBackLater';
  readonly seconds: number;

  constructor(seconds: number) {
    super(`come back in ${seconds} s`);
    this.seconds = seconds;
  }
}

/**
 * Hashes the file, uploads it and submits it as a study. Safe to repeat with the same submission: each try
 * uploads anew, and the idempotency key leads to the first study.
 */
export async function sendImage(
  submission: Submission,
  siteId: string,
  { client, onPhase }: { client: ApolloClient; onPhase(phase: Phase): void },
): Promise<Phase> {
  onPhase({ at: 'hashing' });
  const sha256 = await sha256Of(submission.file);

  onPhase({ at: 'uploading', share: 0 });
  // One trace for the whole try, from the upload to the heatmap.
  const headers = { traceparent: newTraceparent() };
  const mediaType = submission.mediaType ?? 'image/png';
  const input = {
    siteId,
    bytes: submission.file.size,
    mediaType: mediaType === 'image/png' ? ('IMAGE_PNG' as const) : ('IMAGE_JPEG' as const),
    sha256,
    priority: submission.stat ? ('STAT' as const) : ('ROUTINE' as const),
  };
  const upload = await openUpload(client, input, headers);
  await put(upload.url, submission.file, { ...headers, 'content-type': mediaType }, (share) =>
    onPhase({ at: 'uploading', share }),
  );

  onPhase({ at: 'submitting' });
  return await submit(client, submission, { siteId, uploadId: upload.id, headers });
}

/** Lower-case hex. */
async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

type Headers = Readonly<Record<string, string>>;

async function openUpload(
  client: ApolloClient,
  input: CreateUploadInput,
  headers: Headers,
): Promise<{ id: string; url: string }> {
  const { data } = await client.mutate({
    mutation: createUpload,
    variables: { input },
    context: { headers },
    fetchPolicy: 'no-cache',
  });
  const result = data?.createUpload;
  if (result?.__typename === 'CreateUploadPayload') return result.upload;
  if (result?.__typename === 'BusyError') throw new ComeBackLater(result.retryAfterSeconds);
  throw new SendingRefused(result?.message ?? 'The upload could not be opened. Try again.');
}

/** XMLHttpRequest, because fetch tells no upload progress. */
async function put(
  url: string,
  file: File,
  headers: Headers,
  onShare: (share: number) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const retryAfter = Number(request.getResponseHeader('retry-after'));
      if (request.status >= 200 && request.status < 300) resolve();
      else if (request.status === 503 && retryAfter > 0) reject(new ComeBackLater(retryAfter));
      else reject(new SendingRefused(`The upload was not accepted (HTTP ${request.status}). Try again.`));
    };
    request.onerror = () => reject(new TypeError('the upload was cut off'));
    request.send(file);
  });
}

async function submit(
  client: ApolloClient,
  submission: Submission,
  { siteId, uploadId, headers }: { siteId: string; uploadId: string; headers: Headers },
): Promise<Phase> {
  const { data } = await client.mutate({
    mutation: submitStudy,
    context: { headers },
    variables: {
      input: {
        siteId,
        patientReference: submission.reference.trim(),
        patientAgeMonths: ageInMonths(submission.age),
        priority: submission.stat ? 'STAT' : 'ROUTINE',
        uploadIds: [uploadId],
        idempotencyKey: submission.idempotencyKey,
      },
    },
  });
  const result = data?.submitStudy;
  if (result?.__typename === 'SubmitStudyPayload') {
    return { at: 'submitted', studyId: result.study.id, created: result.created };
  }
  if (result?.__typename === 'BusyError') throw new ComeBackLater(result.retryAfterSeconds);
  if (result?.__typename === 'ConflictError')
    throw new SendingRefused(result.message, result.earlierStudy?.id);
  throw new SendingRefused(result?.message ?? 'The study could not be submitted. Try again.');
}

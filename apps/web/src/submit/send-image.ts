import type { ApolloClient } from '@apollo/client';
import { graphql } from '../gql';
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
  const mediaType = submission.mediaType ?? 'image/png';
  const upload = await openUpload(client, {
    siteId,
    bytes: submission.file.size,
    mediaType: mediaType === 'image/png' ? 'IMAGE_PNG' : 'IMAGE_JPEG',
    sha256,
    priority: submission.stat ? 'STAT' : 'ROUTINE',
  });
  await put(upload.url, submission.file, mediaType, (share) => onPhase({ at: 'uploading', share }));

  onPhase({ at: 'submitting' });
  return await submit(client, submission, siteId, upload.id);
}

/** Lower-case hex. */
async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface UploadRequest {
  siteId: string;
  bytes: number;
  mediaType: 'IMAGE_JPEG' | 'IMAGE_PNG';
  sha256: string;
  priority: 'STAT' | 'ROUTINE';
}

async function openUpload(client: ApolloClient, input: UploadRequest): Promise<{ id: string; url: string }> {
  const { data } = await client.mutate({
    mutation: createUpload,
    variables: { input },
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
  mediaType: string,
  onShare: (share: number) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', mediaType);
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
  siteId: string,
  uploadId: string,
): Promise<Phase> {
  const { data } = await client.mutate({
    mutation: submitStudy,
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

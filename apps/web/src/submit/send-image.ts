import type { ApolloClient } from '@apollo/client';
import { newTraceparent } from '../api/trace-link';
import { graphql } from '../gql';
import type { CreateUploadInput } from '../gql/graphql';
import { ageInMonths } from './age';
import { ComeBackLater, putFile, SendingRefused } from './put-file';
import { type Phase, type Submission, unconfirmed } from './submission';

const createUpload = graphql(`
  mutation CreateUpload($input: CreateUploadInput!) {
    createUpload(input: $input) {
      __typename
      ... on CreateUploadPayload {
        upload {
          id
          url
        }
        otherPatientReferences
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

export interface Sending {
  client: ApolloClient;
  siteId: string;
  /** Lower-case hex SHA-256 of the file. */
  sha256: string;
  /** Other patients whom this page has the same picture for. */
  others: readonly string[];
  onPhase(phase: Phase): void;
}

/**
 * Uploads the file and submits it as a study, unless the same picture is known of other patients: then nothing is
 * sent before the person was asked. Safe to repeat with the same submission: each try uploads anew, and the
 * idempotency key leads to the first study.
 */
export async function sendImage(
  submission: Submission,
  { client, siteId, sha256, others, onPhase }: Sending,
): Promise<Phase> {
  // One trace for the whole try, from the upload to the heatmap.
  const headers = { traceparent: newTraceparent() };
  const mediaType = submission.mediaType ?? 'image/png';
  const input = {
    siteId,
    bytes: submission.file.size,
    mediaType: mediaType === 'image/png' ? ('IMAGE_PNG' as const) : ('IMAGE_JPEG' as const),
    sha256,
    priority: submission.stat ? ('STAT' as const) : ('ROUTINE' as const),
    patientReference: submission.reference.trim(),
  };
  const { upload, otherPatientReferences } = await openUpload(client, input, headers);
  const asked = unconfirmed(submission, [...others, ...otherPatientReferences]);
  if (asked.length > 0) return { at: 'asking', others: asked };

  onPhase({ at: 'uploading', share: 0 });
  await putFile(upload.url, submission.file, { ...headers, 'content-type': mediaType }, (share) =>
    onPhase({ at: 'uploading', share }),
  );

  onPhase({ at: 'submitting' });
  return await submit(client, submission, { siteId, uploadId: upload.id, headers });
}

type Headers = Readonly<Record<string, string>>;

async function openUpload(
  client: ApolloClient,
  input: CreateUploadInput,
  headers: Headers,
): Promise<{ upload: { id: string; url: string }; otherPatientReferences: readonly string[] }> {
  const { data } = await client.mutate({
    mutation: createUpload,
    variables: { input },
    context: { headers },
    fetchPolicy: 'no-cache',
  });
  const result = data?.createUpload;
  if (result?.__typename === 'CreateUploadPayload') return result;
  if (result?.__typename === 'BusyError') throw new ComeBackLater(result.retryAfterSeconds);
  throw new SendingRefused(result?.message ?? 'The upload could not be opened. Try again.');
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

import type { ApolloClient } from '@apollo/client';
import { newTraceparent } from '../api/trace-link';
import { graphql } from '../gql';
import type { CreateUploadInput, ImageMediaType } from '../gql/graphql';
import { ComeBackLater, putFile, SendingRefused } from './put-file';
import { type MediaType, type Phase, type Submission, unconfirmed } from './submission';
import { submitStudy } from './submit-study';

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

const mediaTypes: Readonly<Record<MediaType, ImageMediaType>> = {
  'image/jpeg': 'IMAGE_JPEG',
  'image/png': 'IMAGE_PNG',
  'application/dicom': 'APPLICATION_DICOM',
};

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
    mediaType: mediaTypes[mediaType],
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
  return await submitStudy(client, submission, { siteId, uploadId: upload.id, headers });
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

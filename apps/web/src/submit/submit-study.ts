import type { ApolloClient } from '@apollo/client';
import { graphql } from '../gql';
import type { SubmitImageInput } from '../gql/graphql';
import { ageInMonths } from './age';
import { ComeBackLater, SendingRefused } from './put-file';
import type { Phase, Submission } from './submission';

const submitStudyDocument = graphql(`
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

const addImages = graphql(`
  mutation AddImages($input: AddImagesInput!) {
    addImages(input: $input) {
      __typename
      ... on AddImagesPayload {
        added
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

const studiesOfUid = graphql(`
  query StudiesOfUid($siteId: ID!, $uid: String!) {
    studies(filter: { siteIds: [$siteId], studyInstanceUid: $uid }, first: 10) {
      edges {
        node {
          id
          patientReference
          withdrawal {
            at
          }
        }
      }
    }
  }
`);

type Headers = Readonly<Record<string, string>>;

interface Place {
  siteId: string;
  uploadId: string;
  headers: Headers;
}

/**
 * Makes a study of an uploaded file. A DICOM image joins the study of its Study Instance UID, if the site has that
 * examination of the patient already: its images may be sent one by one, in any order.
 */
export async function submitStudy(
  client: ApolloClient,
  submission: Submission,
  place: Place,
): Promise<Phase> {
  const uid = submission.dicom?.studyInstanceUid;
  if (!uid) return submitNew(client, submission, place);
  return oneAtATime(`${place.siteId} ${uid}`, async () => {
    const known = await studyOf(client, submission, place, uid);
    return known ? join(client, submission, place, known) : submitNew(client, submission, place);
  });
}

const lanes = new Map<string, Promise<unknown>>();

/** Of two images of one examination the second must find the study that the first makes. */
function oneAtATime<T>(key: string, task: () => Promise<T>): Promise<T> {
  const done = (lanes.get(key) ?? Promise.resolve()).then(task, task);
  lanes.set(key, done);
  return done;
}

async function studyOf(
  client: ApolloClient,
  { reference }: Submission,
  { siteId, headers }: Place,
  uid: string,
): Promise<string | null> {
  const { data } = await client.query({
    query: studiesOfUid,
    variables: { siteId, uid },
    context: { headers },
    fetchPolicy: 'no-cache',
  });
  const found = data?.studies.edges.find(
    ({ node }) => !node.withdrawal && node.patientReference === reference.trim(),
  );
  return found?.node.id ?? null;
}

async function join(
  client: ApolloClient,
  submission: Submission,
  { uploadId, headers }: Place,
  studyId: string,
): Promise<Phase> {
  const { data } = await client.mutate({
    mutation: addImages,
    context: { headers },
    variables: { input: { studyId, images: [imageOf(submission, uploadId)] } },
  });
  const result = data?.addImages;
  if (result?.__typename === 'AddImagesPayload')
    return { at: 'submitted', studyId: result.study.id, created: result.added > 0 };
  return refused(result);
}

async function submitNew(
  client: ApolloClient,
  submission: Submission,
  { siteId, uploadId, headers }: Place,
): Promise<Phase> {
  const { dicom } = submission;
  const { data } = await client.mutate({
    mutation: submitStudyDocument,
    context: { headers },
    variables: {
      input: {
        siteId,
        patientReference: submission.reference.trim(),
        patientAgeMonths: ageInMonths(submission.age),
        accessionNumber: dicom?.accessionNumber,
        studyInstanceUid: dicom?.studyInstanceUid,
        priority: submission.stat ? 'STAT' : 'ROUTINE',
        images: [imageOf(submission, uploadId)],
        idempotencyKey: submission.idempotencyKey,
      },
    },
  });
  const result = data?.submitStudy;
  if (result?.__typename === 'SubmitStudyPayload')
    return { at: 'submitted', studyId: result.study.id, created: result.created };
  return refused(result);
}

function imageOf({ dicom }: Submission, uploadId: string): SubmitImageInput {
  if (!dicom) return { uploadId };
  const { view, seriesInstanceUid, sopInstanceUid } = dicom;
  return { uploadId, view, seriesInstanceUid, sopInstanceUid };
}

interface Refusal {
  __typename?: string;
  message?: string;
  retryAfterSeconds?: number;
  earlierStudy?: { id: string } | null;
}

/** @throws ComeBackLater or SendingRefused */
function refused(result: Refusal | undefined): never {
  if (result?.retryAfterSeconds !== undefined) throw new ComeBackLater(result.retryAfterSeconds);
  throw new SendingRefused(
    result?.message ?? 'The study could not be submitted. Try again.',
    result?.earlierStudy?.id,
  );
}

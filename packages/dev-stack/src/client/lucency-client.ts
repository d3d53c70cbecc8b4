import { createHash, randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface ClientOptions {
  /** Of the gateway, as in http://localhost:4000. */
  url: string;
  /** Asked before each request, so that it may be renewed. */
  token: () => Promise<string>;
  /** Sent with every request, as a `traceparent`. */
  headers?: Record<string, string>;
}

export interface GraphqlAnswer<T> {
  data: T | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; retryAfterSeconds?: number };
  }[];
}

const mediaTypes = {
  'image/jpeg': 'IMAGE_JPEG',
  'image/png': 'IMAGE_PNG',
  'application/dicom': 'APPLICATION_DICOM',
} as const;

export interface ImageSubmission {
  siteId: string;
  bytes: Uint8Array;
  mediaType?: keyof typeof mediaTypes;
  patientReference: string;
  patientAgeMonths?: number;
  priority?: 'STAT' | 'ROUTINE';
  idempotencyKey?: string;
}

export interface StudyView {
  id: string;
  readingState: 'RECEIVED' | 'QUEUED' | 'CLASSIFIED' | 'REFUSED' | 'FAILED';
  readingReason: { code: string; message: string } | null;
  explanationState: 'NONE' | 'PENDING' | 'READY' | 'WITHHELD' | 'FAILED';
  explanationReason: { code: string; message: string } | null;
  images: {
    id: string;
    address: { url: string } | null;
    reading: { id: string; probability: number; decision: string; modelId: string } | null;
    heatmap: { id: string; address: { url: string } | null } | null;
  }[];
}

/** Call `return()` to end it. */
export interface Events<T> extends AsyncIterableIterator<GraphqlAnswer<T>, undefined> {
  return(): Promise<IteratorResult<GraphqlAnswer<T>, undefined>>;
}

export const studyFields = `id readingState readingReason { code message } explanationState
  explanationReason { code message }
  images { id address { url } reading { id probability decision modelId } heatmap { id address { url } } }`;

/** A program that uses Lucency over its API, as a PACS broker would. */
export class LucencyClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** One query or mutation; errors of the API come back as values. */
  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer<T>> {
    const response = await fetch(`${this.#options.url}/graphql`, {
      method: 'POST',
      headers: {
        ...this.#options.headers,
        'content-type': 'application/json',
        authorization: `Bearer ${await this.#options.token()}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return response.json() as Promise<GraphqlAnswer<T>>;
  }

  /** @throws when the API answers with errors. */
  async get<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.ask<T>(query, variables);
    if (errors || !data) throw new Error(`the API answered ${JSON.stringify(errors)}`);
    return data;
  }

  /** Ids of the sites where this client may submit, by name. */
  async sites(): Promise<Map<string, string>> {
    const { viewer } = await this.get<{
      viewer: { sites: { id: string; name: string; viewerCanSubmit: boolean }[] };
    }>('{ viewer { sites { id name viewerCanSubmit } } }');
    return new Map(
      viewer.sites.filter(({ viewerCanSubmit }) => viewerCanSubmit).map(({ id, name }) => [name, id]),
    );
  }

  /** Creates an upload and puts the bytes there. @returns the id of the upload. */
  async upload({
    siteId,
    bytes,
    mediaType = 'image/jpeg',
    priority = 'ROUTINE',
  }: ImageSubmission): Promise<string> {
    const { createUpload } = await this.get<{
      createUpload: { code?: string; message?: string; upload?: { id: string; url: string } };
    }>(
      `mutation ($input: CreateUploadInput!) {
        createUpload(input: $input) { ... on CreateUploadPayload { upload { id url } } ... on Error { code message } }
      }`,
      {
        input: {
          siteId,
          bytes: bytes.byteLength,
          mediaType: mediaTypes[mediaType],
          sha256: createHash('sha256').update(bytes).digest('hex'),
          priority,
        },
      },
    );
    if (!createUpload.upload) throw new Error(`${createUpload.code}: ${createUpload.message}`);
    const stored = await fetch(createUpload.upload.url, {
      method: 'PUT',
      headers: { ...this.#options.headers, 'content-type': mediaType },
      body: new Uint8Array(bytes),
    });
    if (!stored.ok) throw new Error(`the upload was answered with ${stored.status}: ${await stored.text()}`);
    return createUpload.upload.id;
  }

  /** Submits an upload as a study. @returns its id, or the code and message of the refusal. */
  async submit(
    uploadId: string,
    submission: ImageSubmission,
  ): Promise<{ study?: { id: string }; created?: boolean; code?: string; message?: string }> {
    const { siteId, patientReference, patientAgeMonths, priority } = submission;
    const { submitStudy } = await this.get<{
      submitStudy: { study?: { id: string }; created?: boolean; code?: string; message?: string };
    }>(
      `mutation ($input: SubmitStudyInput!) {
        submitStudy(input: $input) {
          ... on SubmitStudyPayload { created study { id } }
          ... on Error { code message }
        }
      }`,
      {
        input: {
          siteId,
          patientReference,
          patientAgeMonths: patientAgeMonths ?? null,
          priority: priority ?? 'ROUTINE',
          uploadIds: [uploadId],
          idempotencyKey: submission.idempotencyKey ?? randomUUID(),
        },
      },
    );
    return submitStudy;
  }

  /** Uploads and submits. @returns the id of the study. @throws on any refusal of the API */
  async submitImage(submission: ImageSubmission): Promise<string> {
    const { study, code, message } = await this.submit(await this.upload(submission), submission);
    if (!study) throw new Error(`${code}: ${message}`);
    return study.id;
  }

  /** @returns null when there is no such study for this client. */
  async study(id: string): Promise<StudyView | null> {
    const { study } = await this.get<{ study: StudyView | null }>(
      `query ($id: ID!) { study(id: $id) { ${studyFields} } }`,
      { id },
    );
    return study;
  }

  /** Events of a subscription until `return()`. @throws the errors of the API, or an Error when the socket closed */
  subscribe<T>(query: string, variables: Record<string, unknown> = {}): Events<T> {
    const client = createClient({
      url: `${this.#options.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => ({ authorization: `Bearer ${await this.#options.token()}` }),
    });
    const events = client.iterate({ query, variables }) as AsyncIterableIterator<GraphqlAnswer<T>, undefined>;
    // Not a generator: one that waits for its next event cannot be ended from outside.
    const subscription: Events<T> = {
      next: () => events.next().catch(asError),
      return: async () => {
        await events.return?.();
        await client.dispose();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => subscription,
    };
    return subscription;
  }
}

/** A socket that closed is told with the whole socket, which no log or test report should print. */
function asError(reason: unknown): never {
  if (Array.isArray(reason)) throw reason;
  const { code, reason: why } = Object(reason);
  throw new Error(`the socket closed with ${code}: ${why}`);
}

import { createHash } from 'node:crypto';
import { createClient, type LucencyClient, type PictureSource, type Study } from '@lucency/client/node';
import { ask, type GraphqlAnswer } from '@lucency/dev-stack';

export interface TestSubmission {
  siteId: string;
  /** Of whatever they are: what is sent need not be a picture. */
  bytes: Uint8Array;
  mediaType?: 'IMAGE_JPEG' | 'APPLICATION_DICOM';
  patientReference: string;
  patientAgeMonths?: number;
  priority?: 'STAT' | 'ROUTINE';
  idempotencyKey?: string;
}

/** A demo person as a program that tries once, and that also writes documents by hand. */
export class TestClient {
  readonly #endpoint: string;
  readonly #token: () => Promise<string>;
  readonly #client: LucencyClient;

  constructor(gatewayUrl: string, token: () => Promise<string>) {
    this.#endpoint = `${gatewayUrl}/graphql`;
    this.#token = token;
    this.#client = createClient({ endpoint: this.#endpoint, token, patienceSeconds: 0 });
  }

  /** Errors come back as they are answered. */
  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer<T>> {
    return await ask({ endpoint: this.#endpoint, token: await this.#token() }, query, variables);
  }

  /** @throws LucencyError where the API answers with errors */
  get<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    return this.#client.request<T>(query, variables);
  }

  subscribe<T>(query: string, variables: Record<string, unknown> = {}) {
    return this.#client.subscribe<T>(query, variables);
  }

  /** Ids of the sites where this person may submit, by name. */
  async sites(): Promise<Map<string, string>> {
    const { sites } = await this.#client.viewer();
    return new Map(sites.filter(({ viewerCanSubmit }) => viewerCanSubmit).map(({ id, name }) => [name, id]));
  }

  async upload(submission: TestSubmission): Promise<string> {
    return (await this.#client.upload(sourceOf(submission), submission)).id;
  }

  /** @returns the id of the study */
  async submit(uploadId: string, submission: TestSubmission): Promise<string> {
    const { bytes, mediaType, ...facts } = submission;
    return (await this.#client.submitUploads([uploadId], facts)).study.id;
  }

  /** @returns the id of the study */
  async submitImage(submission: TestSubmission): Promise<string> {
    return await this.submit(await this.upload(submission), submission);
  }

  study(id: string): Promise<Study | null> {
    return this.#client.study(id);
  }
}

function sourceOf({ bytes, mediaType = 'IMAGE_JPEG' }: TestSubmission): PictureSource {
  return {
    mediaType,
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: () => new Blob([new Uint8Array(bytes)]),
  };
}

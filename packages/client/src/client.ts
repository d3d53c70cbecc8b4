import { type Endable, endable } from './endable.js';
import { LucencyError } from './errors.js';
import { follow } from './follow.js';
import {
  AddImagesDocument,
  AddressesDocument,
  type AddressesQuery,
  CreateUploadDocument,
  type CreateUploadInput,
  RetryStudyDocument,
  SettleDeliveryDocument,
  type SettleDeliveryInput,
  StudiesDocument,
  type StudiesQuery,
  type StudiesQueryVariables,
  StudyChangedDocument,
  StudyDocument,
  type StudyFragment,
  type StudyLineFragment,
  type SubmitImageInput,
  SubmitStudyDocument,
  type SubmitStudyInput,
  TakeDeliveriesDocument,
  type TakeDeliveriesInput,
  type TakeDeliveriesMutation,
  ViewerDocument,
  type ViewerQuery,
  WithdrawStudyDocument,
} from './generated/graphql.js';
import { type Fetch, post } from './http.js';
import { type Operation, payloadOf } from './operations.js';
import { patiently } from './patience.js';
import { type Picture, sourceOf } from './picture.js';
import { putPicture } from './put-picture.js';
import { isSettled } from './settled.js';
import { Sockets, type WebSocketConstructor } from './sockets.js';
import { type TokenSource, withToken } from './tokens.js';

export interface ClientOptions {
  /** Of GraphQL, as in https://lucency.example/graphql. */
  endpoint: string;
  token: TokenSource;
  fetch?: Fetch;
  /** The platform's own unless given; with null, or where there is none, studies are followed by asking. */
  webSocket?: WebSocketConstructor | null;
  /** Sent with every request over HTTP, as a `traceparent`. */
  headers?: Readonly<Record<string, string>>;
  /** How long one call may wait between its tries while Lucency is busy or away; 60 unless given. */
  patienceSeconds?: number;
}

export interface CallOptions {
  /** Ends the call, with the signal's reason as its error. */
  signal?: AbortSignal | undefined;
}

export interface RequestOptions extends CallOptions {
  /** Whether to try again when nobody knows if the request arrived: true for whatever may be done twice. */
  repeatable?: boolean;
}

export interface FollowOptions extends CallOptions {
  /** The last study to wait for; `isSettled` unless given. */
  until?: (study: Study) => boolean;
}

export interface StudyQuery extends Pick<StudiesQueryVariables, 'filter' | 'orderBy'> {
  /** How many are read at once; 50 unless given. */
  pageSize?: number;
}

/** A study with everything that its answer consists of. */
export type Study = StudyFragment;
/** A study as lists show it. */
export type StudyLine = StudyLineFragment;
export type Viewer = ViewerQuery['viewer'];
export type ImageAddresses = NonNullable<AddressesQuery['study']>['images'][number];

/** Something to be sent, with everything that is sent of it. */
export type LeasedDelivery = Extract<
  TakeDeliveriesMutation['takeDeliveries'],
  { __typename: 'TakeDeliveriesPayload' }
>['deliveries'][number];

/** What is known of a study beside its pictures. Without an idempotency key each call makes one of its own. */
export type StudyFacts = Omit<SubmitStudyInput, 'uploadIds' | 'images' | 'idempotencyKey'> & {
  idempotencyKey?: string;
};

export type UploadFacts = Pick<CreateUploadInput, 'siteId' | 'priority' | 'patientReference'>;

export interface UploadedPicture {
  id: string;
  /** Other patients who have exactly this picture already. */
  otherPatientReferences: string[];
}

/** An uploaded picture and what its sender knows of it: view, series and instance. */
export type DescribedUpload = SubmitImageInput;

export interface Submission {
  study: StudyLine;
  /** False when an earlier submission is the answer to this one. */
  created: boolean;
  /** Other patients who have one of these pictures already. */
  otherPatientReferences: string[];
}

export interface LucencyClient {
  /** Whom the token speaks for, and the sites where studies may be submitted. */
  viewer(options?: CallOptions): Promise<Viewer>;
  /**
   * Uploads the pictures and submits them as one study. Safe to repeat after any failure: with the same key and the
   * same content the first study is the answer.
   */
  submit(
    pictures: Picture | readonly Picture[],
    facts: StudyFacts,
    options?: CallOptions,
  ): Promise<Submission>;
  /** The first two of the three steps of `submit`. */
  upload(picture: Picture, facts: UploadFacts, options?: CallOptions): Promise<UploadedPicture>;
  /** The last of the three steps of `submit`. */
  submitUploads(
    uploads: readonly (string | DescribedUpload)[],
    facts: StudyFacts,
    options?: CallOptions,
  ): Promise<Omit<Submission, 'otherPatientReferences'>>;
  /** Adds pictures that came late to a study, each once. Safe to repeat after any failure. */
  addUploads(
    studyId: string,
    uploads: readonly (string | DescribedUpload)[],
    options?: CallOptions,
  ): Promise<{ study: StudyLine; added: number }>;
  /** The study as it is, then after each change, until it is settled. @throws NOT_FOUND */
  follow(studyId: string, options?: FollowOptions): Endable<Study>;
  /** Null where there is none, or none that this client may know of. */
  study(id: string, options?: CallOptions): Promise<Study | null>;
  /** Every study that fits, page by page; the newest first unless told otherwise. */
  studies(query?: StudyQuery, options?: CallOptions): AsyncGenerator<StudyLine, void, undefined>;
  withdraw(studyId: string, reason: string, options?: CallOptions): Promise<StudyLine>;
  /** Starts the failed work of a study anew. */
  retry(studyId: string, options?: CallOptions): Promise<StudyLine>;
  /** Takes what is to be sent for the sites that this client serves, to be settled before the lease ends. */
  takeDeliveries(input: TakeDeliveriesInput, options?: CallOptions): Promise<LeasedDelivery[]>;
  /** Says how sending ended. @throws NOT_FOUND where the lease is over */
  settleDelivery(input: SettleDeliveryInput, options?: CallOptions): Promise<void>;
  /** Fresh addresses of each image and its heatmap, to fetch without a token. @throws NOT_FOUND */
  addresses(studyId: string, options?: CallOptions): Promise<ImageAddresses[]>;
  /** Any query or mutation. Members of unions that are refusals come back as data. */
  request<Result, Variables = Record<string, unknown>>(
    operation: Operation<Result, Variables>,
    variables?: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
  /** Any subscription, until `return()`. @throws UNREACHABLE when its socket closes */
  subscribe<Result, Variables = Record<string, unknown>>(
    operation: Operation<Result, Variables>,
    variables?: Variables,
    options?: CallOptions,
  ): Endable<Result>;
}

export function createClient(options: ClientOptions): LucencyClient {
  const { endpoint, token, headers = {}, patienceSeconds = 60, webSocket = globalThis.WebSocket } = options;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const sockets = new Sockets(endpoint, token, webSocket);

  const once = <Result, Variables>(
    operation: Operation<Result, Variables>,
    variables?: Variables,
    signal?: AbortSignal,
  ): Promise<Result> =>
    withToken(token, (accessToken) =>
      post({ fetch, endpoint, headers, token: accessToken, operation, variables, signal }),
    );
  const waiting = <T>(attempt: () => Promise<T>, { signal, repeatable = true }: RequestOptions) =>
    patiently(attempt, { patienceSeconds, repeatable, signal });

  const client: LucencyClient = {
    async viewer(call = {}) {
      return (await client.request(ViewerDocument, {}, call)).viewer;
    },

    async submit(pictures, facts, call = {}) {
      const withKey = { ...facts, idempotencyKey: facts.idempotencyKey ?? crypto.randomUUID() };
      const uploads: UploadedPicture[] = [];
      for (const picture of [pictures].flat()) uploads.push(await client.upload(picture, facts, call));
      const submitted = await client.submitUploads(
        uploads.map(({ id }) => id),
        withKey,
        call,
      );
      const others = uploads.flatMap(({ otherPatientReferences }) => otherPatientReferences);
      return { ...submitted, otherPatientReferences: [...new Set(others)] };
    },

    async upload(picture, { siteId, priority, patientReference }, call = {}) {
      const source = await sourceOf(picture);
      const { mediaType, bytes, sha256 } = source;
      const input = { siteId, priority, patientReference, mediaType, bytes, sha256 };
      const { upload, otherPatientReferences } = await waiting(
        async () => payloadOf((await once(CreateUploadDocument, { input }, call.signal)).createUpload),
        call,
      );
      const { signal } = call;
      await waiting(() => putPicture({ fetch, url: upload.url, headers, source, signal }), call);
      return { id: upload.id, otherPatientReferences };
    },

    async submitUploads(uploads, facts, call = {}) {
      const idempotencyKey = facts.idempotencyKey ?? crypto.randomUUID();
      const input = { ...facts, images: uploads.map(described), idempotencyKey };
      const { study, created } = await waiting(
        async () => payloadOf((await once(SubmitStudyDocument, { input }, call.signal)).submitStudy),
        call,
      );
      return { study, created };
    },

    async addUploads(studyId, uploads, call = {}) {
      const input = { studyId, images: uploads.map(described) };
      const { study, added } = await waiting(
        async () => payloadOf((await once(AddImagesDocument, { input }, call.signal)).addImages),
        call,
      );
      return { study, added };
    },

    follow(studyId, { signal, until = isSettled } = {}) {
      return follow<Study>({
        signal,
        isOver: until,
        tells: withoutAddresses,
        async *live(ending) {
          const events = sockets.subscribe(StudyChangedDocument, { id: studyId }, ending);
          for await (const { studyChanged } of events) yield studyChanged;
        },
        read: async (ending) => found(await client.study(studyId, { signal: ending })),
      });
    },

    async study(id, call = {}) {
      return (await client.request(StudyDocument, { id }, call)).study;
    },

    async *studies({ filter, orderBy, pageSize = 50 } = {}, call = {}) {
      let after: string | null = null;
      do {
        const page: StudiesQuery = await client.request(
          StudiesDocument,
          { filter, orderBy, first: pageSize, after },
          call,
        );
        for (const { node } of page.studies.edges) yield node;
        const { hasNextPage, endCursor } = page.studies.pageInfo;
        after = hasNextPage ? endCursor : null;
      } while (after !== null);
    },

    async withdraw(studyId, reason, call = {}) {
      const input = { studyId, reason };
      const { study } = await waiting(
        async () => payloadOf((await once(WithdrawStudyDocument, { input }, call.signal)).withdrawStudy),
        { ...call, repeatable: false },
      );
      return study;
    },

    async retry(studyId, call = {}) {
      const input = { studyId };
      const { study } = await waiting(
        async () => payloadOf((await once(RetryStudyDocument, { input }, call.signal)).retryStudy),
        { ...call, repeatable: false },
      );
      return study;
    },

    async takeDeliveries(input, call = {}) {
      const { deliveries } = await waiting(
        async () => payloadOf((await once(TakeDeliveriesDocument, { input }, call.signal)).takeDeliveries),
        { ...call, repeatable: false },
      );
      return deliveries;
    },

    async settleDelivery(input, call = {}) {
      await waiting(
        async () => payloadOf((await once(SettleDeliveryDocument, { input }, call.signal)).settleDelivery),
        { ...call, repeatable: false },
      );
    },

    async addresses(studyId, call = {}) {
      return found((await client.request(AddressesDocument, { id: studyId }, call)).study).images;
    },

    request(operation, variables, call = {}) {
      const repeatable = call.repeatable ?? !isMutation(String(operation));
      return waiting(() => once(operation, variables, call.signal), { ...call, repeatable });
    },

    subscribe(operation, variables, { signal } = {}) {
      return endable((ending) => sockets.subscribe(operation, variables, ending), signal);
    },
  };
  return client;
}

function described(upload: string | DescribedUpload): DescribedUpload {
  return typeof upload === 'string' ? { uploadId: upload } : upload;
}

/** Addresses are fresh with each answer, which tells nothing of the study. */
function withoutAddresses(study: Study): string {
  return JSON.stringify(study, (name, value) => (name === 'address' ? undefined : value));
}

function found<T>(study: T | null): T {
  if (study === null) throw new LucencyError('NOT_FOUND', 'There is no such study.');
  return study;
}

function isMutation(operation: string): boolean {
  return /^\s*mutation\b/m.test(operation);
}

export {
  type CallOptions,
  type ClientOptions,
  createClient,
  type DescribedUpload,
  type FollowOptions,
  type ImageAddresses,
  type LeasedDelivery,
  type LucencyClient,
  type RequestOptions,
  type Study,
  type StudyFacts,
  type StudyLine,
  type StudyQuery,
  type Submission,
  type UploadedPicture,
  type UploadFacts,
  type Viewer,
} from './client.js';
export type { Endable } from './endable.js';
export {
  apiErrorCodes,
  clientErrorCodes,
  type ErrorCode,
  type ErrorDetails,
  LucencyError,
} from './errors.js';
export type {
  Decision,
  DeliveryFailure,
  DeliveryOutcome,
  ExplanationState,
  ImageMediaType,
  Presentation,
  Priority,
  ReadingState,
  ReviewState,
  StudyFilter,
  StudyOrder,
} from './generated/graphql.js';
export type { Fetch } from './http.js';
export type { Operation } from './operations.js';
export type { Picture, PictureSource } from './picture.js';
export { isSettled } from './settled.js';
export type { WebSocketConstructor } from './sockets.js';
export type { TokenSource } from './tokens.js';

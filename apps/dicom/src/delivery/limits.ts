/** What one try may take. Times are in seconds, sizes in bytes. */
export interface DeliveryLimits {
  /** Until a connection stands, TLS included. */
  connectSeconds: number;
  /** The whole of one association or HTTP exchange; longer than archives take to store 4 MB on a slow line. */
  exchangeSeconds: number;
  /** Of everything that the other side says in one exchange. */
  maxAnswerBytes: number;
}

export const usualLimits: DeliveryLimits = {
  connectSeconds: 10,
  exchangeSeconds: 60,
  maxAnswerBytes: 1_048_576,
};

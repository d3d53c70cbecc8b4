/** Why a request speaks for nobody. */
export type SignInProblem = 'MISSING_TOKEN' | 'INVALID_TOKEN' | 'UNKNOWN_PERSON';

export class NotSignedIn extends Error {
  readonly problem: SignInProblem;

  constructor(problem: SignInProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Nobody can say now whether a token is good, because the provider does not give its keys; this must sign nobody out. */
export class SignInUnavailable extends Error {
  override name = 'SignInUnavailable';
  readonly retryAfterSeconds = 5;

  constructor(cause: unknown) {
    super('the keys of the sign-in provider cannot be had', { cause });
  }
}

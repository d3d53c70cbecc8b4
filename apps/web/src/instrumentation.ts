/** Next runs this once when the server starts: a portal that could not sign anyone in must not start. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./check-environment')).checkEnvironment();
}

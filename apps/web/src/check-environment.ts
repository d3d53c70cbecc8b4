import { environment } from './environment';

/** Ends the process with all faults of its environment on the error stream, if there are any. */
export function checkEnvironment(): void {
  try {
    environment();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

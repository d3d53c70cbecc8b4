import { z } from 'zod';

/** PS3.5, VR AE: up to 16 printable characters without a backslash; blanks around it mean nothing. */
export const aeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/, 'an AE title has 1 to 16 printable ASCII characters, no backslash');

import { z } from 'zod';

const personSchema = z.object({ subject: z.string(), name: z.string(), group: z.string() });

/** Everything the sign-in process is told when it starts, as JSON in one environment variable. */
export const signInConfiguration = z.object({
  port: z.number(),
  issuer: z.url(),
  audience: z.string(),
  portal: z.object({ clientId: z.string(), origins: z.array(z.url()) }),
  apiClients: z.array(z.object({ clientId: z.string(), secret: z.string() })),
  people: z.array(personSchema),
  /** Whoever has it may ask for the token of any demo person. */
  controlSecret: z.string(),
});

export type SignInConfiguration = z.infer<typeof signInConfiguration>;
export type SignInPerson = z.infer<typeof personSchema>;

export const configurationVariable = 'LUCENCY_SIGN_IN';
export const portalClientId = 'lucency-portal';
export const apiAudience = 'lucency-api';

import { readFile } from 'node:fs/promises';
import { aeTitle } from '@lucency/contracts';
import { z } from 'zod';

/** SHA-256 of a certificate as `openssl x509 -fingerprint -sha256` prints it. */
const fingerprint = z
  .string()
  .regex(
    /^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/,
    'a fingerprint is 32 pairs of hexadecimal digits with colons',
  )
  .transform((text) => text.toUpperCase());

const client = z
  .strictObject({
    id: z.string().min(1),
    /** The secret itself stands in a file or in the environment, never here. */
    secretFile: z.string().min(1).optional(),
    secretVariable: z.string().min(1).optional(),
  })
  .refine(({ secretFile, secretVariable }) => (secretFile === undefined) !== (secretVariable === undefined), {
    message: 'give either secretFile or secretVariable',
  });

const applicationEntity = z.strictObject({
  calledAeTitle: aeTitle,
  /** Left out, any calling AE title is taken. */
  callingAeTitles: z.array(aeTitle).min(1).optional(),
  /** Left out, any certificate that the authority of the port has signed. */
  certificateFingerprints: z.array(fingerprint).min(1).optional(),
  /** As the directory of the gateway has it. */
  siteId: z.uuid(),
  /** Of studies whose header says none; that of a room for emergencies may be STAT. */
  priority: z.enum(['STAT', 'ROUTINE']).default('ROUTINE'),
  /** Makes the issuer of the patient's ID part of the reference, where one site has several issuers: `4711^^^NORTH`. */
  issuerInReference: z.boolean().default(false),
  /** Signs in at the token endpoint and acts for these senders; its organization is theirs. */
  client,
});

export const senderConfiguration = z
  .strictObject({ applicationEntities: z.array(applicationEntity).min(1) })
  .superRefine(({ applicationEntities }, context) => {
    const taken = new Set<string>();
    for (const { calledAeTitle, callingAeTitles } of applicationEntities) {
      for (const calling of callingAeTitles ?? ['any other']) {
        const pair = JSON.stringify([calledAeTitle, calling]);
        if (taken.has(pair)) {
          context.addIssue(`${calledAeTitle} called by ${calling} is configured twice`);
        }
        taken.add(pair);
      }
    }
  });

/** Where the images of one kind of sender belong, and as whom they are submitted. */
export type ApplicationEntity = z.infer<typeof applicationEntity>;
export type SenderConfiguration = z.infer<typeof senderConfiguration>;

/** @throws Error that names the file and every fault in it, without the values */
export async function readSenderConfiguration(file: string): Promise<SenderConfiguration> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new Error(`${file} cannot be read as JSON`);
  }
  const parsed = senderConfiguration.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'all'}: ${message}`);
  throw new Error([`${file} is not right:`, ...faults].join('\n'));
}

import { createClient, type LucencyClient } from '@lucency/client';
import { drawPhantom, drawRefusedSample } from '@lucency/imaging';
import { drawDicom } from './drawn-dicom.js';

interface Sample {
  /** The demo technologist who submits it, to the one site where they work. */
  by: string;
  reference: string;
  ageMonths: number;
  priority: 'STAT' | 'ROUTINE';
  draw(): Promise<Uint8Array>;
}

/** Marks them in the worklist as what they are: drawn by code, pictures of nobody. */
const referencePrefix = 'SAMPLE-';

const samples: readonly Sample[] = [
  ...phantom('technologist-north', 106, 26, true, 'STAT'),
  ...phantom('technologist-north', 102, 41, false),
  ...phantom('technologist-north', 103, 18, false),
  {
    by: 'technologist-north',
    reference: `${referencePrefix}107`,
    ageMonths: 45,
    priority: 'ROUTINE',
    draw: () => drawDicom({ seed: 107, pneumonia: false, reference: `${referencePrefix}107`, ageMonths: 45 }),
  },
  ...phantom('technologist-south', 201, 33, true),
  {
    by: 'technologist-south',
    reference: `${referencePrefix}202`,
    ageMonths: 50,
    priority: 'ROUTINE',
    draw: () => drawRefusedSample('page'),
  },
  ...phantom('technologist-valley', 301, 57, false),
  ...phantom('technologist-valley', 314, 29, true),
  // Too old for the model, which the study then says.
  ...phantom('technologist-valley', 303, 190, false),
];

function phantom(
  by: string,
  seed: number,
  ageMonths: number,
  pneumonia: boolean,
  priority: Sample['priority'] = 'ROUTINE',
): Sample[] {
  const draw = () => drawPhantom({ seed, pneumonia });
  return [{ by, reference: `${referencePrefix}${seed}`, ageMonths, priority, draw }];
}

/**
 * Submits the samples as any client of the API would, once: whoever has some already gets no more.
 * Answers how many were submitted.
 */
export async function loadSamples(
  gatewayUrl: string,
  tokenFor: (subject: string) => Promise<string>,
): Promise<number> {
  const loading = [...new Set(samples.map((sample) => sample.by))].map(async (by) => {
    const client = createClient({ endpoint: `${gatewayUrl}/graphql`, token: () => tokenFor(by) });
    const site = (await client.viewer()).sites.find(({ viewerCanSubmit }) => viewerCanSubmit);
    if (!site) throw new Error(`${by} may submit to no site; was the directory provisioned?`);
    if (await hasSamples(client)) return 0;
    const own = samples.filter((sample) => sample.by === by);
    for (const { reference, ageMonths, priority, draw } of own) {
      await client.submit(await draw(), {
        siteId: site.id,
        patientReference: reference,
        patientAgeMonths: ageMonths,
        priority,
        idempotencyKey: reference,
      });
    }
    return own.length;
  });
  return (await Promise.all(loading)).reduce((sum, count) => sum + count, 0);
}

async function hasSamples(client: LucencyClient): Promise<boolean> {
  const filter = { patientReferencePrefix: referencePrefix, includeWithdrawn: true };
  const { done } = await client.studies({ filter, pageSize: 1 }).next();
  return !done;
}

import { createHash } from 'node:crypto';
import { drawPhantom, drawRefusedSample } from '@lucency/imaging';
import { z } from 'zod';
import { createApiClient } from './api-client.js';

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
  ...phantom('technologist-north', 101, 26, true, 'STAT'),
  ...phantom('technologist-north', 102, 41, false),
  ...phantom('technologist-north', 103, 18, false),
  ...phantom('technologist-south', 201, 33, true),
  {
    by: 'technologist-south',
    reference: `${referencePrefix}202`,
    ageMonths: 50,
    priority: 'ROUTINE',
    draw: () => drawRefusedSample('page'),
  },
  ...phantom('technologist-valley', 301, 57, false),
  ...phantom('technologist-valley', 302, 29, true),
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

const viewerAnswer = z.object({
  viewer: z.object({ sites: z.array(z.object({ id: z.string(), viewerCanSubmit: z.boolean() })) }),
  studies: z.object({ edges: z.array(z.unknown()) }),
});
const uploadAnswer = z.object({
  createUpload: z.object({ upload: z.object({ url: z.url(), id: z.string() }) }),
});
const submitAnswer = z.object({ submitStudy: z.object({ created: z.boolean() }) });

/**
 * Submits the samples as any client of the API would, once: whoever has some already gets no more.
 * Answers how many were submitted.
 */
export async function loadSamples(
  gatewayUrl: string,
  tokenFor: (subject: string) => Promise<string>,
): Promise<number> {
  let submitted = 0;
  for (const by of new Set(samples.map((sample) => sample.by))) {
    const ask = createApiClient(`${gatewayUrl}/graphql`, await tokenFor(by));
    const { viewer, studies } = viewerAnswer.parse(await ask(viewerQuery, { prefix: referencePrefix }));
    const site = viewer.sites.find(({ viewerCanSubmit }) => viewerCanSubmit);
    if (!site) throw new Error(`${by} may submit to no site; was the directory provisioned?`);
    if (studies.edges.length > 0) continue;
    for (const sample of samples.filter((candidate) => candidate.by === by)) {
      await submit(ask, site.id, sample);
      submitted += 1;
    }
  }
  return submitted;
}

async function submit(
  ask: ReturnType<typeof createApiClient>,
  siteId: string,
  sample: Sample,
): Promise<void> {
  const image = await sample.draw();
  const sha256 = createHash('sha256').update(image).digest('hex');
  const { createUpload } = uploadAnswer.parse(
    await ask(uploadMutation, {
      input: { siteId, bytes: image.byteLength, mediaType: 'IMAGE_JPEG', sha256 },
    }),
  );
  const put = await fetch(createUpload.upload.url, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: image,
  });
  if (!put.ok) throw new Error(`uploading ${sample.reference} was answered with ${put.status}`);
  submitAnswer.parse(
    await ask(submitMutation, {
      input: {
        siteId,
        patientReference: sample.reference,
        patientAgeMonths: sample.ageMonths,
        priority: sample.priority,
        uploadIds: [createUpload.upload.id],
        idempotencyKey: sample.reference,
      },
    }),
  );
}

const viewerQuery = `query SampleSites($prefix: String!) {
  viewer { sites { id viewerCanSubmit } }
  studies(first: 1, filter: { patientReferencePrefix: $prefix, includeWithdrawn: true }) { edges { cursor } }
}`;
const uploadMutation = `mutation SampleUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    ... on CreateUploadPayload { upload { id url } }
    ... on Error { code message }
  }
}`;
const submitMutation = `mutation SampleStudy($input: SubmitStudyInput!) {
  submitStudy(input: $input) {
    ... on SubmitStudyPayload { created }
    ... on Error { code message }
  }
}`;

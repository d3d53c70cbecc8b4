import { randomUUID } from 'node:crypto';
import { cautions } from '@lucency/contracts';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordResults } from '../../coordination/record-results.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';
import { aHeatmap, aReading, aScore, resultFor, tasksOf } from '../../testing/test-studies.js';
import { decodeId } from '../global-id.js';

interface Shown {
  study: {
    explanationState: string;
    explanationReason: { code: string } | null;
    images: { reading: object; heatmap: { presentation: string | null; address: { url: string } | null } }[];
  };
}

describe('what a reading tells its reader', () => {
  let gateway: TestGateway;
  let studyId: string;

  beforeAll(async () => {
    gateway = await startTestGateway();
    const technologist = gateway.client('technologist-north');
    const siteId = (await technologist.sites()).get('Harbour North') ?? '';
    const bytes = await drawPhantom({ seed: 1, width: 600, height: 500 });
    const patientReference = randomUUID();
    studyId = await technologist.submitImage({ siteId, bytes, patientReference, patientAgeMonths: 40 });
    await record('classify', aReading);
    await record('explain', aHeatmap);
  });
  afterAll(() => gateway.close());

  /** As the recorder does with the answer of a worker; the dispatcher of this gateway has no workers. */
  async function record(kind: string, answer: Parameters<typeof resultFor>[1], id = studyId): Promise<void> {
    const tasks = await tasksOf(gateway.workerPool, decodeId(id).id);
    const task = tasks.find((found) => found.kind === kind);
    if (!task) throw new Error(`no ${kind} task`);
    await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, answer)]);
  }

  async function shown(id = studyId) {
    const { study } = await gateway.client('radiologist-both').get<Shown>(
      `query ($id: ID!) { study(id: $id) { explanationState explanationReason { code } images {
        reading { operatingPoint claims { coverage says } cautions { code message } region { x y width height }
          lungs { box { x y width height } coverage confidence mask outline { x y } evidenceInside } type { normal bacterial viral says } }
        heatmap { presentation peak scaleTop insertion deletion address { url } } } } }`,
      { id },
    );
    return { study, reading: study.images[0]?.reading, heatmap: study.images[0]?.heatmap };
  }

  it('is its claims, and each caution with a sentence', async () => {
    expect((await shown()).reading).toEqual({
      operatingPoint: null,
      claims: [{ coverage: 0.95, says: 'CANNOT_TELL' }],
      region: { x: 0.1, y: 0, width: 0.8, height: 1 },
      cautions: [{ code: 'ROTATED', message: cautions.ROTATED }],
      lungs: aReading.reading.lungs,
      type: aReading.reading.type,
    });
  });

  it('claims nothing, and tells no type, for patients whom no calibration covers', async () => {
    const client = gateway.client('technologist-north');
    const siteId = (await client.sites()).get('Harbour North') ?? '';
    const readingAt = async (patientAgeMonths: number | undefined) => {
      const bytes = await drawPhantom({ seed: 2, width: 400, height: 400 });
      const patientReference = randomUUID();
      const id = await client.submitImage({
        siteId,
        bytes,
        patientReference,
        ...(patientAgeMonths !== undefined && { patientAgeMonths }),
      });
      await record('classify', aReading, id);
      return (await shown(id)).reading;
    };
    expect(await readingAt(40)).toMatchObject({ claims: [{ coverage: 0.95 }], type: { says: 'BACTERIAL' } });
    for (const outside of [undefined, 0, 50 * 12]) {
      expect(await readingAt(outside)).toMatchObject({ claims: [], type: null });
    }
  });

  it('is a heatmap until its score withholds it: then no address is given, and none given before holds', async () => {
    const before = await shown();
    const measured = { presentation: null, peak: 1, scaleTop: 2, insertion: null, deletion: null };
    expect(before.heatmap).toMatchObject({ ...measured, address: { url: expect.any(String) } });
    const address = before.heatmap?.address?.url ?? '';

    const { faithfulness } = aScore;
    const withheld = { ...faithfulness, presentation: 'WITHHELD' as const };
    await record('score', { outcome: 'scored', faithfulness: withheld });
    const after = await shown();
    expect(after.study).toMatchObject({
      explanationState: 'WITHHELD',
      explanationReason: { code: 'UNFAITHFUL' },
    });
    expect(after.heatmap).toMatchObject({ presentation: 'WITHHELD', insertion: 0.9, address: null });
    expect(await (await fetch(address)).json()).toMatchObject({ message: 'This image is no longer shown.' });
  });
});

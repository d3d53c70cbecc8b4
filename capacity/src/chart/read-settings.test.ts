import path from 'node:path';
import { expect, it } from 'vitest';
import { mergeValues } from './merge-values.js';
import { chartFolder, readSettings } from './read-settings.js';

const shipped = (name: string) => path.join(chartFolder, name);

it('merges values as Helm does', () => {
  const merged = mergeValues(
    { keda: { enabled: false, pollingSeconds: 5 }, parents: [1, 2], gone: 1 },
    { keda: { enabled: true }, parents: [3], gone: null },
  );
  expect(merged).toEqual({ keda: { enabled: true, pollingSeconds: 5 }, parents: [3] });
});

it('reads every values file that ships', async () => {
  const small = await readSettings({ files: [shipped('values-small.yaml')], assignments: [] });
  expect(small.keda.enabled).toBe(false);
  expect(small.inferenceCpu).toMatchObject({ threads: 1, resources: { requests: { cpu: 0.5 } } });

  const files = [shipped('values-production.yaml'), shipped('values-gpu.yaml')];
  const gpu = await readSettings({ files, assignments: [] });
  expect(gpu.keda.enabled).toBe(true);
  expect(gpu.inferenceGpu).toMatchObject({ enabled: true, scaling: { min: 0 } });
  expect(gpu.scaleDownWindow).toBeGreaterThan(0);
});

it('lets what is set by name win over every file', async () => {
  const files = [shipped('values-production.yaml')];
  const assignments = ['inferenceCpu.scaling.max=40', 'keda.pollingSeconds=30', 'scaleDownWindow=300'];
  const settings = await readSettings({ files, assignments });
  expect(settings.inferenceCpu.scaling.max).toBe(40);
  expect(settings.keda.pollingSeconds).toBe(30);
  expect(settings.scaleDownWindow).toBe(300);
});

it('says which value it does not understand', async () => {
  const read = readSettings({ files: [], assignments: ['inferenceCpu.scaling.jobsPerPod=many'] });
  await expect(read).rejects.toThrow('inferenceCpu.scaling.jobsPerPod');
});

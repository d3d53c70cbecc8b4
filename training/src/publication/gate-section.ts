import { readFile } from 'node:fs/promises';
import type { Interval, ReportSections } from '@lucency/model/card';
import { upperBound } from '../gate/interval.js';
import type { GateReport, Refusals } from '../gate/measure-gate.js';

/** What the gate's own measurement (`gate.json`) says, as the report holds it. */
export async function gateSection(file: string): Promise<NonNullable<ReportSections['gate']>> {
  const report: GateReport = JSON.parse(await readFile(file, 'utf8'));
  return {
    notXrays: [...report.leftOut, ...report.leftOutKinds].map(row),
    xrays: report.xRays.map(row),
    poses: report.poses.map(({ name, n, recognised }) => ({
      name,
      images: n,
      recognised: share(recognised, n),
    })),
  };
}

function row({ name, n, refused }: Refusals) {
  return { name, images: n, refused: share(refused, n) };
}

/** With its 95 % interval after Wilson 1927. */
function share(count: number, of: number): Interval {
  return { value: of > 0 ? count / of : 0, low: 1 - upperBound(of - count, of), high: upperBound(count, of) };
}

import { readFile } from 'node:fs/promises';
import type { Interval, ReportSections } from '@lucency/model/card';
import { upperBound } from '@lucency/statistics';
import type { GateReport, Refusals } from '../gate/measure-rule.js';

/** What the gate's own measurement (`gate.json`) says, as the report holds it. */
export async function gateSection(file: string): Promise<NonNullable<ReportSections['gate']>> {
  const report: GateReport = JSON.parse(await readFile(file, 'utf8'));
  return {
    notXrays: report.notChests.map(row),
    xrays: report.chests.map(row),
    poses: [],
  };
}

function row({ name, n, refused }: Refusals) {
  return { name, images: n, refused: share(refused, n) };
}

/** With its 95 % interval after Wilson 1927. */
function share(count: number, of: number): Interval {
  return { value: of > 0 ? count / of : 0, low: 1 - upperBound(of - count, of), high: upperBound(count, of) };
}

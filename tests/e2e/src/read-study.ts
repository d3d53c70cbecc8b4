import type { LucencyClient } from '@lucency/client';
import { siteNamed } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import { expect } from 'vitest';

export interface DrawnStudy {
  seed: number;
  priority: 'STAT' | 'ROUTINE';
  patientReference: string;
}

/** Submits a drawn pneumonia at Harbour North and waits until it was read. */
export async function readStudy(client: LucencyClient, { seed, ...facts }: DrawnStudy): Promise<void> {
  const siteId = await siteNamed(client, 'Harbour North');
  const bytes = await drawPhantom({ seed, pneumonia: true, width: 800, height: 640 });
  const { id } = (await client.submit(bytes, { ...facts, siteId, patientAgeMonths: 40 })).study;
  const state = async () => (await client.study(id))?.readingState;
  await expect.poll(state, { timeout: 60_000 }).toBe('CLASSIFIED');
}

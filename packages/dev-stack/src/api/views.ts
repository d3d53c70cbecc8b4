import { createHash } from 'node:crypto';
import type { LucencyClient } from '@lucency/client';

/** What a person is shown of each study: the SHA-256 of its first image and of its heatmap, after the status of each answer. */
export async function viewsOf(client: LucencyClient, ids: readonly string[]): Promise<Map<string, string>> {
  const views = new Map<string, string>();
  for (const id of ids) {
    const image = (await client.study(id))?.images[0];
    const shown = await Promise.all([image?.address, image?.heatmap?.address].map(digestOf));
    views.set(id, shown.join(' '));
  }
  return views;
}

async function digestOf(address: { url: string } | null | undefined): Promise<string> {
  if (!address) return 'none';
  const answer = await fetch(address.url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return `${answer.status} ${createHash('sha256').update(bytes).digest('hex')}`;
}

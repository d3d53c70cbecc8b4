import { sleep } from 'k6';
import http from 'k6/http';
import type { Crowd } from '../../src/loads/load.ts';
import { ask } from '../platform/graphql.ts';
import { errors, imageShown } from '../platform/measurements.ts';
import { note } from '../platform/notes.ts';
import { type Participant, whoWalks } from '../platform/participants.ts';

const lookSeconds = 2;

interface Addresses {
  studies: {
    edges: { node: { images: { address: Address | null; heatmap: { address: Address | null } | null }[] } }[];
  };
}

interface Address {
  url: string;
}

const newest = `{
  studies(first: 5, filter: { readingStates: [CLASSIFIED] }) {
    edges { node { images { address { url } heatmap { address { url } } } } }
  }
}`;

/** Looks at the newest readings, image and heatmap side by side. */
export function imageReader(crowd: Crowd, participants: readonly Participant[]): void {
  const participant = whoWalks(crowd, participants);
  const answer = ask<Addresses>(participant, 'NewestImages', newest);
  const images = 'data' in answer ? answer.data.studies.edges.flatMap(({ node }) => node.images) : [];
  for (const { address, heatmap } of images) {
    const urls = [address?.url, heatmap?.address?.url].filter((url) => url !== undefined);
    const startedAt = Date.now();
    const responses = http.batch(
      urls.map((url) => ({
        method: 'GET',
        url,
        params: { tags: { name: 'GET image' }, responseType: 'none', timeout: '30s' },
      })),
    );
    imageShown.add(Date.now() - startedAt);
    for (const { status } of responses) {
      errors.add(status !== 200, { name: 'GET image' });
      if (status !== 200) {
        note({ is: 'error', who: participant.who, during: 'GET image', code: `HTTP_${status}` });
      }
    }
    sleep(lookSeconds);
  }
  if (images.length === 0) sleep(lookSeconds);
}

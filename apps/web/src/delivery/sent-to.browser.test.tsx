import { describe, expect, it } from 'vitest';
import { deliveryWith, unreachable } from '../testing/delivery';
import { show, wordsOf } from '../testing/show';
import { SentToList } from './sent-to';

const pacs = { id: 'd1', name: 'PACS', kind: 'DICOM' as const, enabled: true };
const failed = deliveryWith({
  state: 'FAILED',
  reason: unreachable,
  tries: 680,
  settledAt: '2030-03-09T10:00:00Z',
});

describe('where a study was sent', () => {
  it('says of each destination what arrived and what waits', () => {
    const record = { id: 'd2', name: 'Record', kind: 'FHIR' as const, enabled: true };
    const deliveries = [
      deliveryWith({ state: 'DELIVERED', settledAt: '2030-03-02T10:00:02Z' }),
      deliveryWith({ id: 'v2', content: 'HEATMAP' }),
      deliveryWith({ id: 'v3', content: 'REVIEW', image: null }),
    ];
    const place = show(<SentToList destinations={[pacs, record]} deliveries={deliveries} />);
    const words = wordsOf(place);
    expect(words).toMatch(
      /^Sent to PACS DICOM Result, PA view Delivered .+ Heatmap, PA view Waiting Review Waiting/,
    );
    expect(words).toMatch(/Record FHIR Nothing so far\.$/);
  });

  it('says why something failed, and lets those send it again who may', () => {
    const place = show(<SentToList destinations={[pacs]} deliveries={[failed]} />);
    expect(wordsOf(place)).toContain(unreachable.message);
    expect(place.querySelector('button')).toBeNull();
    const mine = show(
      <SentToList destinations={[pacs]} deliveries={[{ ...failed, viewerCanRetry: true }]} />,
    );
    expect(mine.querySelector('button')?.getAttribute('aria-label')).toBe(
      'Send again: Result, PA view to PACS',
    );
  });

  it('offers nothing to send again where a try is due anyway', () => {
    const due = [
      deliveryWith({ viewerCanRetry: true }),
      deliveryWith({ id: 'v2', viewerCanRetry: true, reason: unreachable }),
    ];
    expect(show(<SentToList destinations={[pacs]} deliveries={due} />).querySelector('button')).toBeNull();
  });

  it('is nothing where results go nowhere, or to what is switched off', () => {
    expect(wordsOf(show(<SentToList destinations={[]} deliveries={[]} />))).toBe('');
    const off = { ...pacs, enabled: false };
    expect(wordsOf(show(<SentToList destinations={[off]} deliveries={[]} />))).toBe('');
    const held = deliveryWith({ destination: { id: 'd1', name: 'PACS', enabled: false } });
    expect(wordsOf(show(<SentToList destinations={[off]} deliveries={[held]} />))).toContain(
      'On hold The destination is switched off.',
    );
  });
});

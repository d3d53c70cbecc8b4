import { withholdings } from '@lucency/contracts';
import { describe, expect, it, vi } from 'vitest';
import { show, wordsOf } from '../testing/show';
import { type Image, imageWith, studyWith } from '../testing/study';
import { Explanation } from './explanation';
import type { AwaitedCheck } from './heatmap-check';
import { HeatmapNote } from './heatmap-note';

const heatmap: NonNullable<Image['heatmap']> = {
  id: 'h1',
  createdAt: '2030-03-02T10:00:01Z',
  method: 'grad-cam',
  peak: 1,
  scaleTop: 1,
  presentation: null,
  address: null,
  legend: { colorMap: 'inferno', stops: [] },
};

describe('the note beside a heatmap', () => {
  it.each([
    ['PLAIN', 'Checked: showing and hiding the places that this heatmap marks moves the answer.'],
    [
      'CAUTIOUS',
      'Take this heatmap with care: showing and hiding the places it marks moved the answer only a little.',
    ],
    [
      null,
      'Not checked yet: what this heatmap marks may not matter for the answer. It is taken away should the check say so.',
    ],
    ['WITHHELD', ''],
  ] as const)('of the presentation %s says how far it can be trusted', (presentation, words) => {
    expect(wordsOf(show(<HeatmapNote heatmap={{ ...heatmap, presentation }} />))).toBe(words);
  });
});

describe('the place of a heatmap', () => {
  const onShowUnchecked = vi.fn();
  const shown = (image: Partial<Image>, check: AwaitedCheck = 'none', viewerCanRetry = false) =>
    wordsOf(
      show(
        <Explanation
          study={studyWith({ viewerCanRetry })}
          image={imageWith(image)}
          check={check}
          onShowUnchecked={onShowUnchecked}
        />,
      ),
    );

  it('says what it waits for', () => {
    expect(shown({ readingState: 'QUEUED' })).toBe('The image is being read');
    expect(shown({ explanationState: 'PENDING' })).toBe('The heatmap is being drawn');
    expect(shown({ explanationState: 'READY' })).toBe('The heatmap is being loaded');
  });

  it('shows none that was not checked, unless the person asks for it', () => {
    expect(shown({}, 'soon')).toBe(
      'Checking the heatmap: whether what it marks matters for the answer Show it unchecked',
    );
    expect(shown({}, 'late')).toBe(
      'This heatmap has not been checked: what it marks may not matter for the answer. Show it unchecked',
    );
    document.querySelector('button')?.click();
    expect(onShowUnchecked).toHaveBeenCalledOnce();
  });

  it.each(Object.entries(withholdings))('says why one is withheld as %s', (code, message) => {
    const withheld = { explanationState: 'WITHHELD' as const, explanationReason: { code, message } };
    expect(shown(withheld)).toBe(message);
  });

  it('says that it failed, and that there is none without a reading', () => {
    expect(shown({ explanationState: 'FAILED' })).toBe('The heatmap could not be drawn.');
    expect(shown({ explanationState: 'NONE', reading: null })).toBe('Without a reading there is no heatmap.');
  });
});

import { describe, expect, it } from 'vitest';
import { overTime, seriesColours } from './over-time.js';

describe('a plot over time', () => {
  const plot = (highest: number) =>
    overTime({
      title: 't',
      unit: 's',
      seconds: 10,
      series: [{ name: 'a', drawn: 'dots', points: [[5, highest]] }],
      limits: [{ name: 'level', y: 10 }],
    });

  it('shows a limit that is near, and not one that would flatten everything', () => {
    expect(plot(8)).toContain('level');
    expect(plot(0.5)).not.toContain('level');
  });

  it('is left out when there is nothing to see', () => {
    expect(
      overTime({ title: 't', unit: 's', seconds: 10, series: [{ name: 'a', drawn: 'line', points: [] }] }),
    ).toBe('');
  });

  it('gives each series a colour and its name in the legend', () => {
    const series = Array.from({ length: seriesColours }, (_, index) => ({
      name: `series <${index}>`,
      drawn: 'line' as const,
      points: [[1, index]] as const,
    }));
    const drawn = overTime({ title: 't', unit: 's', seconds: 10, series });
    for (const [index] of series.entries()) {
      expect(drawn).toContain(`class="curve series${index}"`);
      expect(drawn).toContain(`series &#60;${index}&#62;`);
    }
  });
});

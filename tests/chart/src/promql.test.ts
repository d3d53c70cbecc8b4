import { expect, it } from 'vitest';
import { selectorsOf } from './promql.js';

it('finds what an expression asks for, and by which labels', () => {
  const found = selectorsOf(
    'sum by (pod) (rate(lucency_a_total{kind="x",outcome!~"y|z"}[5m])) / on (slo) lucency:b:rate5m',
  );
  expect(found).toEqual([
    {
      metric: 'lucency_a_total',
      matchers: [
        { label: 'kind', regular: false, value: 'x' },
        { label: 'outcome', regular: true, value: 'y|z' },
      ],
    },
    { metric: 'lucency:b:rate5m', matchers: [] },
  ]);
});

it('takes no value of a label for a metric', () => {
  expect(
    selectorsOf('kube_cronjob_created{cronjob=~".*lucency.*-backup"}').map(({ metric }) => metric),
  ).toEqual(['kube_cronjob_created']);
});

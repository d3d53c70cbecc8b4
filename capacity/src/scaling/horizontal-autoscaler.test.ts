import { expect, it } from 'vitest';
import { HorizontalAutoscaler } from './horizontal-autoscaler.js';

const scaling = { min: 1, max: 50, target: 100, scaleDownWindow: 120 };

it('leaves as many pods as there are while the metric is within a tenth of its target', () => {
  const autoscaler = new HorizontalAutoscaler(scaling);
  expect(autoscaler.decide(0, 439, 4)).toBe(4);
  expect(autoscaler.decide(15, 441, 4)).toBe(5);
});

it('adds four pods in 15 seconds, or as many as there are', () => {
  const autoscaler = new HorizontalAutoscaler(scaling);
  const steps = [1];
  for (let step = 0; step < 5; step += 1) steps.push(autoscaler.decide(step * 15, 10_000, steps.at(-1) ?? 0));
  expect(steps).toEqual([1, 5, 10, 20, 40, 50]);
});

it('counts what it added within the last 15 seconds when it is asked more often', () => {
  const autoscaler = new HorizontalAutoscaler(scaling);
  expect(autoscaler.decide(0, 10_000, 1)).toBe(5);
  expect(autoscaler.decide(5, 10_000, 5)).toBe(5);
  expect(autoscaler.decide(15, 10_000, 5)).toBe(10);
});

it('takes pods away only when none was wished for through the whole window', () => {
  const autoscaler = new HorizontalAutoscaler(scaling);
  expect(autoscaler.decide(0, 2000, 20)).toBe(20);
  expect(autoscaler.decide(60, 500, 20)).toBe(20);
  expect(autoscaler.decide(119, 0, 20)).toBe(20);
  expect(autoscaler.decide(121, 0, 20)).toBe(5);
  expect(autoscaler.decide(181, 0, 5)).toBe(1);
});

it('stays within its bounds', () => {
  expect(new HorizontalAutoscaler(scaling).decide(0, 100_000, 40)).toBe(50);
  expect(new HorizontalAutoscaler({ ...scaling, scaleDownWindow: 0 }).decide(0, 0, 3)).toBe(1);
});

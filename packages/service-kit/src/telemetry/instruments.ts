import { type Counter, createNoopMeter, type Histogram, type Meter } from '@opentelemetry/api';
import {
  type LabelsOf,
  type MetricDefinition,
  type MetricName,
  type MetricOf,
  metricList,
} from './metric-list.js';

/** One value of a metric that is read when somebody asks. */
export interface Sample<Name extends MetricName> {
  value: number;
  labels: LabelsOf<Name>;
}

/** What services measure with: only metrics of the list, only with labels it allows. */
export class Instruments {
  readonly #meter: Meter;
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  count<Name extends MetricOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    const counter = this.#counters.get(name) ?? this.#meter.createCounter(name, describe(name));
    this.#counters.set(name, counter);
    counter.add(by, labels);
  }

  /** Durations are in seconds. */
  observe<Name extends MetricOf<'histogram'>>(name: Name, value: number, labels: LabelsOf<Name>): void {
    const histogram = this.#histograms.get(name) ?? this.#meter.createHistogram(name, describe(name));
    this.#histograms.set(name, histogram);
    histogram.record(value, labels);
  }

  /** Calls `read` at each scrape; what it cannot tell at the moment it leaves out. */
  watch<Name extends MetricOf<'gauge' | 'counter'>>(
    name: Name,
    read: () => Sample<Name>[] | Promise<Sample<Name>[]>,
  ): void {
    const { kind }: MetricDefinition = metricList[name];
    const instrument =
      kind === 'counter'
        ? this.#meter.createObservableCounter(name, describe(name))
        : this.#meter.createObservableGauge(name, describe(name));
    instrument.addCallback(async (result) => {
      for (const { value, labels } of await read()) result.observe(value, labels);
    });
  }
}

function describe(name: MetricName) {
  const { help, buckets }: MetricDefinition = metricList[name];
  return {
    description: help,
    ...(buckets ? { advice: { explicitBucketBoundaries: [...buckets] } } : {}),
  };
}

/** For whoever runs outside a service, as tests and the command line do. */
export const noInstruments = new Instruments(createNoopMeter());

import { Journal, judge } from '@lucency/faults';
import { deploymentOf, isTrue, processorScaler, scaledObjects, until } from '../kubernetes/objects.js';
import { millicoresOf } from '../kubernetes/usage.js';
import { overlays, upgrade } from '../platform/release.js';
import type { Check } from './check.js';
import { judged, problemsOf, summary } from './judged.js';

const studies = 60;

export const scalers: Check = {
  name: 'scalers',
  promise: 'every ScaledObject becomes Ready',
  async run({ platform, say }) {
    await platform();
    const unready = async () =>
      (await scaledObjects()).filter(({ status }) => !isTrue('Ready', status.conditions));
    const seconds = await until('every ScaledObject Ready', async () => (await unready()).length === 0, 120);
    const names = (await scaledObjects()).map(({ metadata }) => metadata.name);
    say(`Ready after ${seconds.toFixed(0)} s: ${names.join(', ')}`);
    return names.length === 0 ? ['there is no ScaledObject'] : [];
  },
};

export const toZero: Check = {
  name: 'to-zero',
  promise: 'CPU inference goes from 0 to N pods on the real backlog, and back to 0',
  async run({ platform, say }) {
    const open = await platform();
    await upgrade(overlays.toZero);
    const component = 'inference-cpu';
    await until('no pod without backlog', async () => (await deploymentOf(component)).wanted === 0, 300);
    const journal = new Journal(open);
    const begun = Date.now();
    const elapsed = () => ((Date.now() - begun) / 1000).toFixed(0);
    let most = 0;
    const watch = async () => {
      const { wanted, ready } = await deploymentOf(component);
      if (ready > most) say(`${ready} pods ready after ${elapsed()} s`);
      most = Math.max(most, ready);
      return wanted;
    };
    const submitting = journal.submit(studies);
    await until('the first pod', async () => (await watch()) > 0, 120);
    await submitting;
    say(`${studies} X-rays submitted after ${elapsed()} s`);
    await until('no pod after the backlog', async () => (await watch()) === 0, 600);
    say(`none again after ${elapsed()} s`);
    const verdict = await judge(open, journal, await journal.settled(120_000));
    say(summary(verdict));
    await upgrade();
    return [...(most < 2 ? [`there were never more than ${most} pods`] : []), ...problemsOf(verdict)];
  },
};

/** Thousandths of a processor, well below what the autoscaler aims at: 70 of a request of 100. */
const isRest = (millicores: number) => millicores < 50;

export const onProcessor: Check = {
  name: 'on-processor',
  promise:
    'autoscalers on CPU know what gateway and web take, and give a gateway under load another beside it',
  async run(surroundings) {
    const { platform, say } = surroundings;
    await platform();
    // A load that metrics-server still remembers would have the autoscaler at its most before there is one.
    await until('gateways at rest', async () => (await millicoresOf('gateway')).every(isRest), 120);
    await upgrade(overlays.onProcessor);
    for (const component of ['gateway', 'web']) {
      const known = async () => (await processorScaler(component)).active;
      const seconds = await until(`what the pods of ${component} take`, known, 180);
      const { percent } = await processorScaler(component);
      say(`${component}: known after ${seconds.toFixed(0)} s, ${percent} % of the request at rest`);
    }
    const problems = await judged(surroundings, async () => {
      const before = await processorScaler('gateway');
      const wanted = async () => (await processorScaler('gateway')).wanted > before.wanted;
      const seconds = await until('another gateway wanted', wanted, 180);
      const { percent } = await processorScaler('gateway');
      say(`${percent} % under load: another gateway wanted after ${seconds.toFixed(0)} s`);
      const more = async () => (await deploymentOf('gateway')).ready > before.wanted;
      say(`ready ${(await until('another gateway', more, 120)).toFixed(0)} s later`);
      return [];
    });
    await upgrade();
    return problems;
  },
};

import { copyFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../check.js';
import { writeCertificates } from '../nats/certificates.js';
import { type ChartNats, startChartNats } from '../nats/chart-server.js';
import { tryEverything, tryToEnter } from '../nats/forgery.js';
import { doEveryWork } from '../nats/work.js';
import { valueSet } from '../value-sets.js';

/** A renewed authority and certificate, as a Secret that changed: only who trusts the new one may connect then. */
async function renew(nats: ChartNats): Promise<string[]> {
  await copyFile(nats.caFile, `${nats.caFile}.old`);
  const old = { ...nats.optionsOf('gateway'), caFile: `${nats.caFile}.old` };
  await nats.watchCertificates();
  await sleep(500);
  await writeCertificates(nats.tlsFolder);
  for (let tries = 0; tries < 15; tries += 1) {
    if (await nats.lets(nats.optionsOf('gateway'))) {
      return (await nats.lets(old)) ? ['the old certificate is still shown'] : [];
    }
  }
  return ['a renewed certificate was not taken up'];
}

const promises: { name: string; look: (nats: ChartNats) => Promise<string[]> }[] = [
  { name: 'every service does its own work', look: doEveryWork },
  { name: 'nobody can forge a result, a job or a stream, or read along', look: tryEverything },
  { name: 'no stranger is let in, and nobody in the clear', look: tryToEnter },
  { name: 'a renewed certificate is taken up without a restart', look: renew },
];

/** The services' own messaging against a real nats-server that reads the chart's configuration, with TLS. */
export const natsRights: Check[] = promises.map(({ name, look }) => ({
  name: `NATS of the chart: ${name}`,
  async faults() {
    const nats = await startChartNats(valueSet('trial'));
    try {
      return await look(nats);
    } finally {
      await nats.stop();
    }
  },
}));

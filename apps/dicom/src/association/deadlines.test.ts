import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import { associateRequest, command, dataPdu, Requestor, value } from '../testing/requestor.js';
import { openTestPort, type TestPort } from '../testing/test-port.js';

let tested: TestPort;

beforeEach(async () => {
  tested = await openTestPort({
    limits: { associateSeconds: 0.4, idleSeconds: 0.6, pduSeconds: 0.4, instanceSeconds: 1 },
  });
});
afterEach(async () => {
  await eventually(async () => expect(await tested.spooled()).toEqual([]));
  await eventually(() => expect(tested.open.associations()).toBe(0));
  await tested.close();
});

const storeCommand = () => dataPdu(value('command', true, command()));

describe('before an association', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half a header', Buffer.from([1, 0])],
    ['half an A-ASSOCIATE-RQ', associateRequest().subarray(0, 90)],
  ])('%s is closed after the time to associate', async (_what, bytes) => {
    const requestor = await Requestor.open(tested.port);
    requestor.send(bytes);
    expect(await requestor.untilClosed()).toEqual(['closed']);
    await eventually(() => expect(tested.ended).toEqual(['never_began']));
  });

  it('a drip of one byte after another is closed after the time to associate', async () => {
    const requestor = await Requestor.open(tested.port);
    const begun = performance.now();
    const bytes = associateRequest();
    const dripping = (async () => {
      for (let at = 0; at < bytes.length && !requestor.socket.destroyed; at += 1) {
        requestor.send(bytes.subarray(at, at + 1));
        await sleep(30);
      }
    })();
    await requestor.untilClosed();
    expect(performance.now() - begun).toBeLessThan(2_000);
    await dripping;
  });
});

describe('within an association', () => {
  it('silence is ended after the time to be idle', async () => {
    const requestor = await Requestor.associate(tested.port);
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
    await eventually(() => expect(tested.ended).toEqual(['late']));
  });

  it.each([
    ['half a PDU', () => storeCommand().subarray(0, 50)],
    ['a command of nonsense', () => dataPdu(value('command', true, Buffer.alloc(100, 0xff)))],
    ['a command whose data never comes', () => storeCommand()],
  ])('%s is ended after its time', async (_what, bytes) => {
    const requestor = await Requestor.associate(tested.port);
    requestor.send(bytes());
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
    await eventually(() => expect(tested.ended).toEqual(['late']));
  });

  it('an instance that drips is ended after the time for one', async () => {
    const requestor = await Requestor.associate(tested.port);
    requestor.send(storeCommand());
    const begun = performance.now();
    const dripping = (async () => {
      while (!requestor.socket.destroyed) {
        requestor.send(dataPdu(value('data', false, Buffer.alloc(10))));
        await sleep(50);
      }
    })();
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
    expect(performance.now() - begun).toBeLessThan(4_000);
    await dripping;
  });

  it('an association is ended after the time for all of it, whatever it does', async () => {
    await tested.close();
    tested = await openTestPort({ limits: { associationSeconds: 0.5 } });
    const requestor = await Requestor.associate(tested.port);
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
    await eventually(() => expect(tested.ended).toEqual(['late']));
  });
});

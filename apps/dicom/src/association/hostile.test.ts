import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import {
  abortRequest,
  associateRequest,
  command,
  dataPdu,
  dataSet,
  pdu,
  Requestor,
  releaseRequest,
  value,
} from '../testing/requestor.js';
import { openTestPort, type TestPort } from '../testing/test-port.js';

let tested: TestPort;

beforeEach(async () => {
  tested = await openTestPort({ limits: { maxInstanceBytes: 2_000_000 }, spoolBytes: 3_000_000 });
});
afterEach(async () => {
  // Whatever was done to it, the next sender is served and nothing stays behind.
  const requestor = await Requestor.associate(tested.port);
  expect(await requestor.store(dataSet(2_000, '9.9'), { sopInstanceUid: '9.9' })).toMatchObject({
    status: '0000',
  });
  await requestor.release();
  await eventually(async () => expect(await tested.spooled()).toEqual([]));
  await eventually(() => expect(tested.open.associations()).toBe(0));
  await tested.close();
});

const storeCommand = () => dataPdu(value('command', true, command()));

describe('before an association', () => {
  it.each([
    ['a request of HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a TLS hello', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])],
    ['data without an association', dataPdu(value('command', true, command()))],
    ['an A-ASSOCIATE-RQ that claims 4 GB', pdu(1, Buffer.alloc(100), 0xfffffff0)],
    ['an A-ASSOCIATE-RQ of 300 KB', pdu(1, Buffer.alloc(300_000))],
    ['an A-ASSOCIATE-RQ without content', pdu(1, Buffer.alloc(0))],
    ['an A-ASSOCIATE-RQ whose items claim more than there is', pdu(1, Buffer.alloc(80, 0x20))],
    ['a release', releaseRequest()],
  ])('%s is closed at once', async (_what, bytes) => {
    const requestor = await Requestor.open(tested.port);
    requestor.send(bytes);
    expect((await requestor.untilClosed()).at(-1)).toBe('closed');
    await eventually(() => expect(tested.ended).toEqual(['violation']));
  });
});

describe('within an association', () => {
  it.each([
    ['a P-DATA that claims 4 GB', () => pdu(4, Buffer.alloc(100), 0xfffffff0)],
    ['a P-DATA beyond the bound', () => pdu(4, Buffer.alloc(140_000))],
    [
      'a value that claims more than its PDU',
      () => dataPdu(value('command', true, command()).fill(0xff, 0, 4)),
    ],
    ['a value that claims less than its header', () => dataPdu(Buffer.from([0, 0, 0, 1, 1, 3]))],
    ['a PDU that ends within the header of a value', () => dataPdu(Buffer.from([0, 0, 0]))],
    ['data before its command', () => dataPdu(value('data', true, Buffer.alloc(100)))],
    ['a context that was not negotiated', () => dataPdu(value('command', true, command(), 99))],
    [
      'data of a context that was not negotiated',
      () => Buffer.concat([storeCommand(), dataPdu(value('data', false, Buffer.alloc(100), 7))]),
    ],
    [
      'an endless command',
      () =>
        Buffer.concat(Array.from({ length: 9 }, () => dataPdu(value('command', false, Buffer.alloc(2_000))))),
    ],
    [
      'a command within a data set',
      () =>
        Buffer.concat([
          storeCommand(),
          dataPdu(value('data', false, Buffer.alloc(100)), value('command', true, command())),
        ]),
    ],
    ['a second A-ASSOCIATE-RQ', () => associateRequest()],
    ['a PDU of an unknown type', () => pdu(9, Buffer.alloc(10))],
  ])('%s is aborted', async (_what, bytes) => {
    const requestor = await Requestor.associate(tested.port);
    requestor.send(bytes());
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
    await eventually(() => expect(tested.ended).toEqual(['violation']));
    expect(tested.intake.stored).toEqual([]);
  });

  it('data of a command that stores nothing is not collected in memory', async () => {
    const requestor = await Requestor.associate(tested.port);
    const find = command({ field: 'find', sopClassUid: '1.2.840.10008.5.1.4.1.2.2.1' });
    requestor.send(dataPdu(value('command', true, find)));
    for (let sent = 0; sent < 6; sent += 1) {
      requestor.send(dataPdu(value('data', false, Buffer.alloc(50_000))));
      await sleep(20);
    }
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
  });

  it('a second request before the first is answered is aborted, and the first is stored once', async () => {
    const goOn = tested.intake.hold();
    const requestor = await Requestor.associate(tested.port);
    const first = Buffer.concat([storeCommand(), dataPdu(value('data', true, dataSet(1_000)))]);
    requestor.send(first);
    await eventually(() => expect(tested.intake.asked).toBe(1));
    requestor.send(dataPdu(value('command', true, command({ messageId: 2 }))));
    expect(await requestor.untilClosed()).toEqual(['abort', 'closed']);
    goOn();
    await eventually(() => expect(tested.intake.stored).toHaveLength(1));
  });

  it('two requests in one piece end the association and lose nothing', async () => {
    const requestor = await Requestor.associate(tested.port);
    const request = (messageId: number) =>
      Buffer.concat([
        dataPdu(value('command', true, command({ messageId }))),
        dataPdu(value('data', true, dataSet(1_000))),
      ]);
    requestor.send(request(1), request(2));
    expect((await requestor.untilClosed()).at(-1)).toBe('closed');
    expect(tested.intake.stored.length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['an abort', (requestor: Requestor) => requestor.send(abortRequest()), 'aborted'],
    ['a reset', (requestor: Requestor) => void requestor.socket.resetAndDestroy(), 'lost'],
    ['an end', (requestor: Requestor) => void requestor.socket.destroy(), 'lost'],
    ['a release', (requestor: Requestor) => void requestor.release(), 'released'],
  ])('%s in the middle of a data set leaves nothing behind', async (_what, act, outcome) => {
    const requestor = await Requestor.associate(tested.port);
    requestor.send(storeCommand(), dataPdu(value('data', false, dataSet(8_000))));
    await eventually(async () => expect(await tested.spooled()).toHaveLength(1));
    act(requestor);
    await eventually(() => expect(tested.ended).toEqual([outcome]));
    await eventually(async () => expect(await tested.spooled()).toEqual([]));
    expect(tested.intake.stored).toEqual([]);
  });

  it('an instance beyond the bound is answered and not kept', async () => {
    const requestor = await Requestor.associate(tested.port);
    expect(await requestor.store(dataSet(2_500_000))).toMatchObject({
      status: 'C000',
      comment: expect.stringContaining('TOO_LARGE'),
    });
    // The association goes on.
    expect(await requestor.store(dataSet(1_000))).toMatchObject({ status: '0000' });
    await requestor.release();
  });

  it('instances beyond the room on disk are put off, and taken once there is room', async () => {
    const goOn = tested.intake.hold();
    const holders = await Promise.all([1, 2].map(() => Requestor.associate(tested.port)));
    const answers = holders.map((holder, index) =>
      holder.store(dataSet(1_300_000), { sopInstanceUid: `1.2.${index}` }),
    );
    await eventually(() => expect(tested.intake.asked).toBe(2));
    const requestor = await Requestor.associate(tested.port);
    expect(await requestor.store(dataSet(1_300_000), { sopInstanceUid: '1.2.9' })).toMatchObject({
      status: 'A700',
      comment: expect.stringContaining('SPOOL_FULL'),
    });
    goOn();
    expect(await Promise.all(answers)).toMatchObject([{ status: '0000' }, { status: '0000' }]);
    expect(await requestor.store(dataSet(1_300_000), { sopInstanceUid: '1.2.9' })).toMatchObject({
      status: '0000',
    });
    for (const one of [...holders, requestor]) await one.release();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import { command, dataPdu, dataSet, explicitLittleEndian, Requestor, value } from '../testing/requestor.js';
import { openTestPort, type TestPort } from '../testing/test-port.js';

let tested: TestPort;

beforeEach(async () => {
  tested = await openTestPort();
});
afterEach(() => tested.close());

describe('storing', () => {
  it('answers success with the data set stored byte for byte, and leaves nothing in the spool', async () => {
    const sent = dataSet(300_000);
    const requestor = await Requestor.associate(tested.port);
    expect(await requestor.store(sent)).toMatchObject({ type: 'response', status: '0000', messageId: 1 });
    expect((await tested.intake.dataSet('1.2.3.4.5')).equals(sent)).toBe(true);
    expect(await tested.spooled()).toEqual([]);
    await requestor.release();
    await eventually(() => expect(tested.ended).toEqual(['released']));
  });

  it('stores one after another on one association', async () => {
    const requestor = await Requestor.associate(tested.port);
    for (const messageId of [1, 2, 3]) {
      const sopInstanceUid = `1.2.3.${messageId}`;
      const answer = await requestor.store(dataSet(1_000, sopInstanceUid), { messageId, sopInstanceUid });
      expect(answer).toMatchObject({ status: '0000', messageId });
    }
    expect(tested.intake.stored).toHaveLength(3);
    requestor.socket.destroy();
  });

  it('loses nothing of several values in one PDU, at the largest PDU and beyond one chunk', async () => {
    const sent = dataSet(1_200_000);
    const requestor = await Requestor.associate(tested.port);
    const size = 60_000;
    const values = Array.from({ length: Math.ceil(sent.length / size) }, (_, index) =>
      value('data', (index + 1) * size >= sent.length, sent.subarray(index * size, (index + 1) * size)),
    );
    const pdus = [dataPdu(value('command', true, command()))];
    for (let at = 0; at < values.length; at += 2) pdus.push(dataPdu(...values.slice(at, at + 2)));
    requestor.send(...pdus);
    expect(await requestor.next()).toMatchObject({ status: '0000' });
    expect((await tested.intake.dataSet('1.2.3.4.5')).equals(sent)).toBe(true);
    requestor.socket.destroy();
  });

  it.each([[131_060], [131_066], [65_530]])('stores what comes in values of %i bytes', async (size) => {
    const sent = dataSet(500_000);
    const requestor = await Requestor.associate(tested.port);
    expect(await requestor.store(sent, { valueBytes: size })).toMatchObject({ status: '0000' });
    expect((await tested.intake.dataSet('1.2.3.4.5')).equals(sent)).toBe(true);
    requestor.socket.destroy();
  });

  it('makes the same file of the same instance, whoever sends it', async () => {
    for (const calling of ['ROOM1', 'ROOM2']) {
      const requestor = await Requestor.associate(tested.port, { calling });
      expect(await requestor.store(dataSet(5_000))).toMatchObject({ status: '0000' });
      await requestor.release();
    }
    const [first, second] = tested.intake.stored;
    expect(first?.sha256).toBe(second?.sha256);
  });

  it.each([
    ['BUSY', 'later', 'A700'],
    ['GATEWAY_AWAY', 'later', 'A700'],
    ['UNREADABLE', 'refused', 'C000'],
    ['MISMATCH', 'refused', 'A900'],
  ] as const)('answers %s with its status and a comment that fits', async (reason, outcome, status) => {
    tested.intake.answer =
      outcome === 'later' && (reason === 'BUSY' || reason === 'GATEWAY_AWAY')
        ? { outcome, reason }
        : { outcome: 'refused', reason: reason === 'MISMATCH' ? reason : 'UNREADABLE' };
    const requestor = await Requestor.associate(tested.port);
    const answer = await requestor.store(dataSet(1_000));
    expect(answer).toMatchObject({ status, comment: expect.stringContaining(`${reason}: `) });
    expect(answer.type === 'response' ? answer.comment?.length : 0).toBeLessThanOrEqual(64);
    expect(await tested.spooled()).toEqual([]);
    requestor.socket.destroy();
  });

  it('stores an instance whose sender is gone before the answer', async () => {
    const goOn = tested.intake.hold();
    const requestor = await Requestor.associate(tested.port);
    void requestor.store(dataSet(1_000));
    await eventually(() => expect(tested.intake.asked).toBe(1));
    requestor.socket.destroy();
    await eventually(() => expect(tested.ended).toEqual(['lost']));
    goOn();
    await eventually(() => expect(tested.statuses).toEqual(['0000']));
    expect(tested.intake.stored).toHaveLength(1);
  });

  it('finishes the instance that is under way before it stops, and takes no other association', async () => {
    const goOn = tested.intake.hold();
    const requestor = await Requestor.associate(tested.port);
    const answer = requestor.store(dataSet(1_000));
    await eventually(() => expect(tested.intake.asked).toBe(1));
    const stopped = tested.open.stop();
    await expect(Requestor.open(tested.port)).rejects.toThrow('ECONNREFUSED');
    goOn();
    expect(await answer).toMatchObject({ status: '0000' });
    expect(await requestor.next()).toEqual({ type: 'abort' });
    await stopped;
    tested = await openTestPort();
  });

  it('answers C-ECHO', async () => {
    const requestor = await Requestor.associate(tested.port, {
      contexts: [{ abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: [explicitLittleEndian] }],
    });
    const echo = command({ field: 'echo', sopClassUid: '1.2.840.10008.1.1', hasDataSet: false });
    for (const _ of [1, 2]) {
      requestor.send(dataPdu(value('command', true, echo)));
      expect(await requestor.next()).toMatchObject({ type: 'response', status: '0000' });
    }
    await requestor.release();
  });

  it('refuses UIDs that are none, and keeps nothing of them', async () => {
    const requestor = await Requestor.associate(tested.port);
    const answer = await requestor.store(dataSet(1_000), { sopInstanceUid: '../../etc/x' });
    expect(answer).toMatchObject({ status: 'C000', comment: expect.stringContaining('INVALID_UID') });
    expect(tested.intake.stored).toEqual([]);
    requestor.socket.destroy();
  });

  it('refuses another class than that of the context', async () => {
    const requestor = await Requestor.associate(tested.port);
    const answer = await requestor.store(dataSet(1_000), { sopClassUid: '1.2.840.10008.5.1.4.1.1.2' });
    expect(answer).toMatchObject({ status: 'A900' });
    requestor.socket.destroy();
  });
});

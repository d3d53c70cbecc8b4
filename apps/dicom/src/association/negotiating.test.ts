import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import {
  type AssociateOptions,
  associateRequest,
  explicitLittleEndian,
  type ReceivedPdu,
  Requestor,
  secondaryCapture,
} from '../testing/requestor.js';
import { openTestPort, type TestPort } from '../testing/test-port.js';

let tested: TestPort;

beforeEach(async () => {
  tested = await openTestPort({ limits: { maxAssociations: 2 } });
});
afterEach(() => tested.close());

async function ask(options: AssociateOptions): Promise<ReceivedPdu> {
  const requestor = await Requestor.open(tested.port);
  requestor.send(associateRequest(options));
  const answer = await requestor.next();
  requestor.socket.destroy();
  return answer;
}

describe('an association', () => {
  it.each([
    ['a called AE title that is not configured', { called: 'OTHER' }, [1, 1, 7]],
    ['a calling AE title that is not listed', { called: 'STRICT', calling: 'ROOM2' }, [1, 1, 3]],
  ])('is rejected for %s', async (_what, options, [result, source, reason]) => {
    expect(await ask(options)).toEqual({ type: 'reject', result, source, reason });
    expect(tested.logged.some((line) => line.includes('rejected'))).toBe(true);
  });

  it('is accepted for a calling AE title that is listed', async () => {
    expect(await ask({ called: 'STRICT', calling: 'ROOM1' })).toMatchObject({ type: 'accept' });
  });

  it('is put off for a moment when all places are taken, and a place is free once one ends', async () => {
    const others = await Promise.all([1, 2].map(() => Requestor.associate(tested.port)));
    expect(await ask({})).toEqual({ type: 'reject', result: 2, source: 3, reason: 1 });
    await others[0]?.release();
    await eventually(async () => expect(await ask({})).toMatchObject({ type: 'accept' }));
    others[1]?.socket.destroy();
  });

  it('accepts the first syntax that it knows, whatever follows, and refuses what it does not know', async () => {
    const deflated = '1.2.840.10008.1.2.1.99';
    const answer = await ask({
      contexts: [
        { abstractSyntax: secondaryCapture, transferSyntaxes: ['1.2.3', '1.2.840.10008.1.2.4.90', deflated] },
        { abstractSyntax: secondaryCapture, transferSyntaxes: [deflated, '1.2.840.113619.5.2'] },
        { abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: [explicitLittleEndian] },
        { abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2.4.90'] },
      ],
    });
    expect(answer).toEqual({ type: 'accept', results: [0, 4, 3, 4] });
  });
});

import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('npm run load', () => {
  it('takes the platform that npm start runs, and the time of the load, when nothing else is said', () => {
    expect(readArguments(['smoke'])).toMatchObject({
      load: { name: 'smoke' },
      minutes: 1,
      platform: { is: 'running' },
    });
  });

  it('takes any platform with several clients, in order', () => {
    const client = (id: string) => ['--client-id', id, '--client-secret-file', `${id}.secret`];
    const { platform } = readArguments([
      ...['spike', '--url', 'https://lucency.example/graphql', '--issuer', 'https://id.example'],
      ...client('one'),
      ...client('two'),
    ]);
    expect(platform).toMatchObject({
      is: 'remote',
      clients: [
        { clientId: 'one', secretFile: 'one.secret' },
        { clientId: 'two', secretFile: 'two.secret' },
      ],
    });
  });

  it.each([
    [[], /Name one of the loads/],
    [['smok'], /not smok/],
    [['judge'], /Name the files/],
    [['smoke', '--minutes', '0'], /--minutes takes a number above 0/],
    [['smoke', '--url', 'http://a.example'], /--issuer/],
    [['smoke', '--issuer', 'http://a.example'], /--url is missing/],
    [['smoke', '--fresh', '--home', '/tmp'], /Choose one/],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => readArguments(args)).toThrow(sentence);
  });
});

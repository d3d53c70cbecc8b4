import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment';

const usable = {
  GATEWAY_URL: 'https://api.xray.example.org',
  PUBLIC_URL: 'https://xray.example.org/',
  OIDC_ISSUER: 'https://sign-in.example.org',
  SESSION_SECRET: 'a secret of more than thirty-two characters',
};

describe('the environment of the portal', () => {
  it.each(['PUBLIC_URL', 'GATEWAY_URL', 'OIDC_ISSUER'])('refuses plain http for %s', (name) => {
    for (const address of ['http://10.0.0.5', 'http://xray.example.org', 'http://localhost.example.org']) {
      expect(() => readEnvironment({ ...usable, [name]: address })).toThrow(`${name}: must be https`);
    }
  });

  it('takes plain http on this machine and between services of a cluster', () => {
    for (const address of [
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
      'http://portal.localhost',
      'http://lucency-web.lucency.svc.cluster.local:3000',
    ]) {
      expect(readEnvironment({ ...usable, PUBLIC_URL: address }).publicUrl).toBe(address);
    }
  });
});

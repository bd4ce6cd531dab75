import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { TestIssuer } from '../../test/test-issuer.js';
import { TokenVerifier } from './token-verifier.js';

const MINUTE_MS = 60_000;

describe('Tokens of an issuer', () => {
  let issuer: TestIssuer;
  let verifier: TokenVerifier;
  let ahead = 0;

  beforeEach(async () => {
    ahead = 0;
    issuer = await TestIssuer.start();
    verifier = new TokenVerifier({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'ceresio' }, () => Date.now() + ahead);
  });
  afterEach(() => issuer.stop());

  const outcome = (token: string) =>
    verifier.verify(token).then(
      ({ subject }) => subject,
      (error: { code: string }) => error.code,
    );

  it('are good by the keys that the issuer offers itself', async () => {
    expect(await verifier.verify(await issuer.token('somebody'))).toMatchObject({
      issuer: issuer.url,
      subject: 'somebody',
    });
    expect(issuer.asked).toBe(1);
    await outcome(await issuer.token('another'));
    expect(issuer.asked).toBe(1);
  });

  it.each(['RS256', 'EdDSA'])('may be signed by %s too', async (alg) => {
    await issuer.rotate('other', alg);
    expect(await outcome(await issuer.token('somebody'))).toBe('somebody');
  });

  it.each(['PS256', 'ES384', 'RS512'])('are not good by %s, even if the issuer offers it', async (alg) => {
    await issuer.rotate('other', alg);
    expect(await outcome(await issuer.token('somebody'))).toBe('unauthenticated');
  });

  it('do not make us flood the issuer by key ids that it does not have', async () => {
    await outcome(await issuer.token('somebody'));
    for (let n = 0; n < 20; n++)
      expect(await outcome(await issuer.token('x', {}, { kid: `invented-${n}` }))).toBe('unauthenticated');
    expect(issuer.asked).toBeLessThanOrEqual(2);
  });

  it('follow the issuer when it signs with another key, and the old one is good no more', async () => {
    verifier = new TokenVerifier({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'ceresio' }, Date.now, 0);
    const before = await issuer.token('earlier');
    await outcome(await issuer.token('somebody'));
    await issuer.rotate('second');
    expect(await outcome(await issuer.token('somebody', { jti: 'new' }))).toBe('somebody');
    expect(await outcome(before)).toBe('unauthenticated');
  });

  it('are refused for the moment while the keys cannot be had, and taken again afterwards', async () => {
    issuer.down = true;
    const token = await issuer.token('somebody');
    expect(await outcome(token)).toBe('unavailable');
    issuer.down = false;
    await eventually(async () => expect(await outcome(token)).toBe('somebody'));
  });

  it('are remembered until they end and no longer', async () => {
    const token = await issuer.token('somebody', { exp: Math.floor(Date.now() / 1000) + 60 });
    expect(await outcome(token)).toBe('somebody');
    ahead = 1.5 * MINUTE_MS;
    expect(await outcome(token)).toBe('somebody');
    ahead = 3 * MINUTE_MS;
    expect(await outcome(token)).toBe('unauthenticated');
  });
});

import { describe, expect, it } from '@jest/globals';
import { configSchema } from './config.js';

const ISSUER = 'https://login.example.org';
const production = {
  NODE_ENV: 'production',
  OIDC_ISSUER: ISSUER,
  PUBLIC_URL: 'https://ceresio.example.org',
};
const refused = (env: Record<string, string>) =>
  configSchema.safeParse(env).error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`) ?? [];

describe('The configuration of the gateway', () => {
  it('listens on this machine alone unless told otherwise', () => {
    expect(configSchema.parse({ OIDC_ISSUER: ISSUER })).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      OIDC_AUDIENCE: 'ceresio',
      OIDC_LOCAL: false,
    });
  });

  it('does not start without somebody who signs tokens', () => {
    expect(refused({})).toEqual([expect.stringContaining('OIDC_ISSUER')]);
    expect(refused({ OIDC_ISSUER: 'file:///etc/issuer' })).toEqual([expect.stringContaining('OIDC_ISSUER')]);
  });

  it('takes a real issuer in production, and nothing made for development', () => {
    expect(refused(production)).toEqual([]);
    expect(refused({ NODE_ENV: 'production' })).toContainEqual(expect.stringMatching(/^OIDC_ISSUER/));
    expect(refused({ ...production, OIDC_LOCAL: 'true' })).toContainEqual(expect.stringMatching(/^OIDC_LOCAL/));
    expect(refused({ ...production, OIDC_ISSUER: 'http://login.example.org' })).toContainEqual(
      expect.stringMatching(/^OIDC_ISSUER must be https/),
    );
    expect(refused({ ...production, OIDC_JWKS_URI: 'http://login.example.org/keys' })).toContainEqual(
      expect.stringMatching(/^OIDC_JWKS_URI must be https/),
    );
  });
});

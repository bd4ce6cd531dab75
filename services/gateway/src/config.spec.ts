import { describe, expect, it } from '@jest/globals';
import { configSchema } from './config.js';

describe('The configuration of the gateway', () => {
  const key = Buffer.alloc(32, 7).toString('base64url');

  it('listens on the loopback address unless told', () => {
    expect(configSchema.parse({ TOKEN_KEY: key })).toMatchObject({ HOST: '127.0.0.1', PORT: 3000 });
  });

  it('refuses a key that could be guessed', () => {
    expect(configSchema.safeParse({ TOKEN_KEY: key.slice(0, 20) }).error?.issues[0]?.message).toMatch(/32 bytes/);
  });

  it('refuses development tokens in production', () => {
    const { error } = configSchema.safeParse({ TOKEN_KEY: key, NODE_ENV: 'production' });
    expect(error?.issues[0]).toMatchObject({
      path: ['TOKEN_KEY'],
      message: expect.stringContaining('NODE_ENV=production'),
    });
  });
});

import { createHash, randomBytes } from 'node:crypto';

/**
 * A secret of 256 random bits with a prefix that tells what it is. It is kept as a plain SHA-256: a slow hash protects what people think up, and
 * nobody guesses 256 bits; a fast one lets each request be checked.
 */
export function newSecret(prefix: 'ck_' | 'ci_'): { secret: string; hash: string } {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashOf(secret) };
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

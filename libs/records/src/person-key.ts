import { createHash } from 'node:crypto';

/** Under which key a person is known who signs in at `issuer` as `subject`: a hash, since some issuers use tax codes as subjects. */
export function personKey(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url');
}

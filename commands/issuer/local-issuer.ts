import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import { writeSecret } from '#libs/engines';

/** Who the platform's tokens are for. */
export const AUDIENCE = 'ceresio';
export const ALGORITHM = 'RS256';
/** The one client that signs people in here: the gateway, for browsers. */
export const GATEWAY_CLIENT = 'ceresio-gateway';
const LIFE = '12h';

const localIssuerSchema = z.object({
  issuer: z.url(),
  /** The private signing key. */
  key: z.looseObject({ kty: z.string(), kid: z.string() }),
  cookieSecret: z.string(),
});

/** What the local issuer keeps in the data directory. Whoever has it is anybody, on this one machine. */
export type LocalIssuer = z.infer<typeof localIssuerSchema>;

/** The local issuer of a data directory; undefined where none was ever started. */
export function readLocalIssuer(dir: string): LocalIssuer | undefined {
  const file = join(dir, 'issuer.json');
  if (!existsSync(file)) return undefined;
  try {
    return localIssuerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} is damaged. Delete it: the next start makes another, and everybody signs in again.`);
  }
}

/** The local issuer of a data directory at this address, with the key that is there or a new one. */
export async function keepLocalIssuer(dir: string, issuer: string): Promise<LocalIssuer> {
  const kept = readLocalIssuer(dir);
  if (kept?.issuer === issuer) return kept;
  const made = kept ?? { key: await newKey(), cookieSecret: randomBytes(32).toString('base64url') };
  const local: LocalIssuer = { ...made, issuer };
  writeSecret(join(dir, 'issuer.json'), `${JSON.stringify(local, null, 2)}\n`);
  return local;
}

/** An access token as the issuer itself makes them (RFC 9068), for a caller named as in `--as`. */
export async function localToken(local: LocalIssuer, subject: string): Promise<string> {
  return new SignJWT({ client_id: 'ceresio-command', scope: 'openid' })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: local.key.kid })
    .setIssuer(local.issuer)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .setJti(randomBytes(16).toString('base64url'))
    .setIssuedAt()
    .setExpirationTime(LIFE)
    .sign(await importJWK(local.key as JWK, ALGORITHM));
}

async function newKey(): Promise<LocalIssuer['key']> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = `local-${randomBytes(6).toString('hex')}`;
  return { ...(await exportJWK(privateKey)), kty: 'RSA', kid, alg: ALGORITHM, use: 'sig' };
}

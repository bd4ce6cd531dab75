import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import type { Peopled } from './access-people.js';

/** Twelve tokens that would open everything, each save for one thing. */
export async function badTokens({ issuer, subject }: Peopled): Promise<Record<string, string>> {
  const alg = 'RS256';
  const [offered] = issuer.keys;
  const stranger = await generateKeyPair(alg);
  const now = Math.floor(Date.now() / 1000);
  const sub = subject('admin');
  const sign = (claims: object = {}, header: object = {}, key?: CryptoKey) =>
    issuer.token(sub, { ...claims }, header, key);
  const spki = await exportSPKI((await importJWK(offered!, alg)) as CryptoKey);
  const claims = { iss: issuer.url, aud: 'ceresio', sub, iat: now, exp: now + 600 };
  return {
    forged: await sign({}, {}, stranger.privateKey),
    none: new UnsecuredJWT(claims).encode(),
    'the public key as a secret': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: String(offered!.kid), typ: 'at+jwt' })
      .sign(new TextEncoder().encode(spki)),
    expired: await sign({ exp: now - 120 }),
    'not yet valid': await sign({ nbf: now + 300 }),
    'wrong issuer': await sign({ iss: 'https://elsewhere.example' }),
    'wrong audience': await sign({ aud: 'elsewhere' }),
    'a key that it brings itself': await sign({}, { jku: `${issuer.url}/keys`, kid: 'own' }, stranger.privateKey),
    'a key id that climbs': await sign({}, { kid: '../../../../dev/null' }, stranger.privateKey),
    empty: '',
    truncated: (await sign()).slice(0, -6),
    "another's refresh token": randomBytes(32).toString('base64url'),
  };
}

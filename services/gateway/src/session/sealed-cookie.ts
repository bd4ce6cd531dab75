import { EncryptJWT, jwtDecrypt } from 'jose';

/** What a browser keeps for us without being able to read or change it. */
export interface Jar {
  /** Name of the cookie; `__Host-` binds it to this host, this path and encryption. */
  name: string;
  secure: boolean;
}

/** A browser takes 4096 bytes a cookie, name and attributes included. */
const PART = 3800;
/** Together with everything else it must fit into the headers that the server takes (16 KiB). */
const PARTS_MAX = 3;

/** The value as cookies to set; `seconds` is how long it may be opened. Throws when it is too large. */
export async function seal(
  jar: Jar,
  key: Uint8Array,
  value: Record<string, unknown>,
  seconds: number,
): Promise<string[]> {
  const sealed = await new EncryptJWT({ value })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    // A value under one name must not pass as one under another.
    .setAudience(jar.name)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .encrypt(key);
  const parts = sealed.match(new RegExp(`.{1,${PART}}`, 'g')) ?? [];
  if (parts.length > PARTS_MAX)
    throw new Error(`The tokens of this issuer are too large for a session (${sealed.length} bytes)`);
  const attributes = attributesOf(jar, seconds);
  return names(jar).map((name, i) =>
    parts[i] === undefined ? `${name}=; ${attributesOf(jar, 0)}` : `${name}=${parts[i]}; ${attributes}`,
  );
}

/** What the cookies of a request hold; undefined when there is nothing, or nothing of ours, or it is too old. */
export async function open(jar: Jar, key: Uint8Array, cookies: string | undefined): Promise<unknown> {
  const given = new Map(
    (cookies ?? '').split(';').map((pair): [string, string] => {
      const [name = '', ...value] = pair.trim().split('=');
      return [name, value.join('=')];
    }),
  );
  const sealed = names(jar)
    .map((name) => given.get(name) ?? '')
    .join('');
  if (!sealed) return undefined;
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience: jar.name,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp'],
    });
    return payload.value;
  } catch {
    return undefined;
  }
}

/** Takes the cookies away. */
export function forget(jar: Jar): string[] {
  return names(jar).map((name) => `${name}=; ${attributesOf(jar, 0)}`);
}

const names = ({ name }: Jar): string[] =>
  Array.from({ length: PARTS_MAX }, (_, i) => (i === 0 ? name : `${name}.${i}`));

const attributesOf = ({ secure }: Jar, seconds: number): string =>
  // A date in the past takes a cookie away everywhere; some programs keep one whose age is 0.
  `Path=/; HttpOnly; SameSite=Lax; ${seconds > 0 ? `Max-Age=${seconds}` : `Expires=${new Date(0).toUTCString()}`}${secure ? '; Secure' : ''}`;

import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import { type Actor, Problem } from '#libs/contracts';
import { localActor } from './local-subject.js';

/** Who carries the token, and until when it is good, in milliseconds since 1970. */
export interface Bearer {
  actor: Actor;
  /** Which person or key, for the audit. */
  subject: string;
  expiresAt: number;
}

const CLOCK_TOLERANCE_S = 60;
/** Longer ones are nothing that we issued. */
const TOKEN_MAX = 4096;
const REMEMBERED_MAX = 1000;

/** Verifies bearer tokens that are signed with the development key: HS256 and nothing else, our issuer and audience, an expiry that is not past. */
export class TokenVerifier {
  private readonly key: KeyObject;
  // A caller sends the same token with each request; its signature need not be computed each time.
  private readonly remembered = new Map<string, Bearer>();

  constructor(
    key: string,
    private readonly now: () => number = Date.now,
  ) {
    this.key = createSecretKey(Buffer.from(key, 'base64url'));
  }

  /** Throws the one Problem `unauthenticated` whatever is wrong: the answer must not help to guess. */
  async verify(authorization: string | undefined): Promise<Bearer> {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization ?? '')?.[1];
    if (!token || token.length > TOKEN_MAX) throw unauthenticated();
    const known = this.remembered.get(token);
    if (known && known.expiresAt > this.now()) return known;
    const bearer = await this.check(token);
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.delete(this.remembered.keys().next().value ?? '');
    this.remembered.set(token, bearer);
    return bearer;
  }

  private async check(token: string): Promise<Bearer> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        issuer: 'ceresio-development',
        audience: 'ceresio',
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(this.now()),
      });
      const subject = payload.sub ?? '';
      const actor = localActor(subject);
      if (actor) return { actor, subject, expiresAt: (payload.exp! + CLOCK_TOLERANCE_S) * 1000 };
    } catch {
      // Which of the checks failed is nobody's business.
    }
    throw unauthenticated();
  }
}

export const unauthenticated = (): Problem =>
  new Problem('unauthenticated', 'A valid bearer token is needed: Authorization: Bearer <token>');

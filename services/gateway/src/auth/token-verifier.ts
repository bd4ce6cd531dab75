import { errors, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import { Problem } from '#libs/contracts';
import { IssuerKeys, IssuerSilent } from './issuer-keys.js';

/** What a good token says: who signed it, for whom, and until when it is good, in milliseconds since 1970. */
export interface Claims {
  issuer: string;
  subject: string;
  /** When its holder proved who they are, in milliseconds since 1970, as far as the token says. A token that was renewed is no new proof. */
  signedInAt: number;
  expiresAt: number;
}

/** How tokens are to be verified. */
export interface TokenSettings {
  OIDC_ISSUER: string;
  OIDC_AUDIENCE: string;
  OIDC_JWKS_URI?: string | undefined;
}

/** The only algorithms that count, whatever the header of a token or the issuer say. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
const CLOCK_TOLERANCE_S = 60;
/** Longer ones are nothing that an issuer signs for us. */
const TOKEN_MAX = 8192;
const SUBJECT_MAX = 255;
const REMEMBERED_MAX = 1000;

/** Verifies access tokens: signed by a key of the one issuer, for this audience, in their time. Everything else about a token is ignored or refused. */
export class TokenVerifier {
  private readonly keys: IssuerKeys;
  // A caller sends the same token with each request; its signature need not be computed each time.
  private readonly remembered = new Map<string, Claims>();

  constructor(
    private readonly settings: TokenSettings,
    private readonly now: () => number = Date.now,
    cooldownMs?: number,
  ) {
    this.keys = new IssuerKeys(settings.OIDC_ISSUER, settings.OIDC_JWKS_URI, cooldownMs);
  }

  /** Throws the one Problem `unauthenticated` whatever is wrong: the answer must not help to guess. `unavailable` while the issuer's keys cannot be had. */
  async verify(token: string): Promise<Claims> {
    if (token.length > TOKEN_MAX) throw unauthenticated();
    const known = this.remembered.get(token);
    if (known && known.expiresAt > this.now()) return known;
    const claims = await this.check(token);
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.delete(this.remembered.keys().next().value ?? '');
    this.remembered.set(token, claims);
    return claims;
  }

  private async check(token: string): Promise<Claims> {
    try {
      return await this.claims(token);
    } catch (error) {
      if (error instanceof IssuerSilent)
        throw new Problem('unavailable', 'The issuer of the tokens cannot be reached at the moment');
      if (error instanceof errors.JOSEError || error instanceof Unfit) throw unauthenticated();
      // A key that the library cannot use, a header that it cannot read: the token is no better for it.
      if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException)
        throw unauthenticated();
      throw error;
    }
  }

  private async claims(token: string): Promise<Claims> {
    const { payload, protectedHeader } = await jwtVerify(token, this.keys.resolve, {
      algorithms: ALGORITHMS,
      issuer: this.settings.OIDC_ISSUER,
      audience: this.settings.OIDC_AUDIENCE,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(this.now()),
    });
    checkKind(protectedHeader, payload);
    const { sub = '', exp = 0, iss = '', iat = 0, auth_time } = payload;
    if (sub.length === 0 || sub.length > SUBJECT_MAX) throw new Unfit();
    const signedIn = typeof auth_time === 'number' ? Math.min(auth_time, iat) : iat;
    return { issuer: iss, subject: sub, signedInAt: signedIn * 1000, expiresAt: (exp + CLOCK_TOLERANCE_S) * 1000 };
  }
}

class Unfit extends Error {}

/** Refuses what an issuer signs for another purpose: identity and refresh tokens, logout notes. */
function checkKind({ typ }: JWTHeaderParameters, payload: JWTPayload): void {
  if (typ !== undefined && !/^(?:application\/)?(?:jwt|at\+jwt)$/i.test(typ)) throw new Unfit();
  // Two widespread issuers name the purpose in the claims instead.
  if (payload.typ !== undefined && payload.typ !== 'Bearer') throw new Unfit();
  if (payload.token_use !== undefined && payload.token_use !== 'access') throw new Unfit();
  if (payload.nonce !== undefined || payload.events !== undefined) throw new Unfit();
}

export const unauthenticated = (): Problem =>
  new Problem('unauthenticated', 'A valid bearer token is needed: Authorization: Bearer <token>');

import { createRemoteJWKSet, errors, type FlattenedJWSInput, type JWTHeaderParameters } from 'jose';
import { z } from 'zod';

const TIMEOUT_MS = 3000;
/** An unknown key id makes us ask again, no more often than this: whoever invents ids must not make us flood the issuer. */
const COOLDOWN_MS = 30_000;
const CACHE_MS = 10 * 60_000;
/** After the issuer did not answer. */
const REST_MS = 2000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** The keys cannot be had at the moment; it says nothing about the token. */
export class IssuerSilent extends Error {}

type Resolver = ReturnType<typeof createRemoteJWKSet>;

/** The public keys of one issuer, from where its own discovery document (or the operator) says. A token cannot name another place. */
export class IssuerKeys {
  private resolver?: Resolver | undefined;
  private discovering?: Promise<Resolver> | undefined;
  private silentUntil = 0;

  constructor(
    private readonly issuer: string,
    jwksUri?: string,
    private readonly cooldownMs = COOLDOWN_MS,
  ) {
    if (jwksUri) this.resolver = remote(jwksUri, cooldownMs);
  }

  /** For `jwtVerify`. */
  readonly resolve = async (header: JWTHeaderParameters, token: FlattenedJWSInput) => {
    const resolver = this.resolver ?? (await this.discovered());
    if (this.silentUntil > Date.now() && !resolver.fresh) throw new IssuerSilent();
    try {
      // Of the header the key id and the algorithm alone: where a token says that keys lie (jku, x5u, jwk) is nobody's word.
      return await resolver({ alg: header.alg, ...(header.kid !== undefined && { kid: header.kid }) }, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      this.silentUntil = Date.now() + REST_MS;
      throw new IssuerSilent();
    }
  };

  private discovered(): Promise<Resolver> {
    if (this.silentUntil > Date.now()) throw new IssuerSilent();
    this.discovering ??= this.discover()
      .then((resolver) => {
        this.resolver = resolver;
        return resolver;
      })
      .catch((error: unknown) => {
        this.silentUntil = Date.now() + REST_MS;
        throw new IssuerSilent(undefined, { cause: error });
      })
      .finally(() => {
        this.discovering = undefined;
      });
    return this.discovering;
  }

  private async discover(): Promise<Resolver> {
    const address = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const found = discoverySchema.parse(await answer.json());
    if (found.issuer !== this.issuer) throw new Error('The discovery document is that of another issuer');
    if (new URL(found.jwks_uri).protocol !== 'https:' && new URL(this.issuer).protocol === 'https:')
      throw new Error('The keys are offered without TLS');
    return remote(found.jwks_uri, this.cooldownMs);
  }
}

function remote(uri: string, cooldownDuration: number): Resolver {
  return createRemoteJWKSet(new URL(uri), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration,
    cacheMaxAge: CACHE_MS,
  });
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JOSEAlgNotAllowed
  );
}

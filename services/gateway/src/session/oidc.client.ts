import { Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Problem } from '#libs/contracts';

/** What an issuer gave for a sign-in. */
export interface Tokens {
  access: string;
  refresh?: string;
  /** When the access token ends, in seconds since 1970. */
  expires: number;
}

/** Where to send a browser, and what must be known again when it comes back. */
export interface Departure {
  url: URL;
  state: string;
  nonce: string;
  verifier: string;
}

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  scope: string;
  resource?: string;
  /** Where the browser comes back to. */
  callback: string;
  /** Where this process reaches the issuer, if not at its own address. */
  backchannel?: string;
}

const TIMEOUT_S = 5;
/** What an issuer that says nothing about it is taken to mean. */
const LIFE_S = 300;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** This gateway as a client of the issuer: code with PKCE, state and nonce. The issuer is found when first needed, and again after a failure. */
export class OidcClient {
  private found?: Promise<oidc.Configuration>;
  private readonly logger = new Logger(OidcClient.name);

  constructor(private readonly settings: OidcSettings) {}

  async depart(again: boolean): Promise<Departure> {
    const config = await this.issuer();
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const { callback, scope, resource } = this.settings;
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(resource && { resource }),
      ...(again && { prompt: 'login' }),
    });
    return { url, state, nonce, verifier };
  }

  /** The tokens for the code that the browser brought. Throws Problem `unauthenticated` when anything about it is wrong. */
  async arrive(query: string, { state, nonce, verifier }: Omit<Departure, 'url'>): Promise<Tokens> {
    const config = await this.issuer();
    const { callback, resource } = this.settings;
    try {
      return tokensOf(
        await oidc.authorizationCodeGrant(
          config,
          new URL(`${callback}?${query}`),
          { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
          resource ? { resource } : undefined,
        ),
      );
    } catch (error) {
      throw this.refusal(error) ?? away(error);
    }
  }

  /** New tokens for a session whose own are about to end. Throws Problem `unauthenticated` when the issuer has ended it, `unavailable` when it cannot be asked. */
  async refresh(refreshToken: string): Promise<Tokens> {
    const config = await this.issuer();
    const { resource } = this.settings;
    try {
      const answer = await oidc.refreshTokenGrant(config, refreshToken, resource ? { resource } : undefined);
      return { refresh: refreshToken, ...tokensOf(answer) };
    } catch (error) {
      throw this.refusal(error) ?? away(error);
    }
  }

  /** Tells the issuer that a refresh token is not used any more; one that cannot be told forgets it in time. */
  async revoke(refreshToken: string): Promise<void> {
    try {
      const config = await this.issuer();
      if (config.serverMetadata().revocation_endpoint) await oidc.tokenRevocation(config, refreshToken);
    } catch (error) {
      this.logger.warn(`The issuer could not be told of a sign-out: ${nameOf(error)}`);
    }
  }

  /** Where a browser ends its session with the issuer itself; undefined when the issuer has no such place. */
  async farewell(): Promise<string | undefined> {
    const config = await this.issuer().catch(() => undefined);
    if (!config?.serverMetadata().end_session_endpoint) return undefined;
    return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: new URL('/', this.settings.callback).href })
      .href;
  }

  private issuer(): Promise<oidc.Configuration> {
    this.found ??= this.find().catch((error: unknown) => {
      this.found = undefined;
      throw away(error);
    });
    return this.found;
  }

  private async find(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, backchannel } = this.settings;
    const url = new URL(issuer);
    // Without encryption only where nobody can listen in: on this machine, or behind an address that the operator named.
    const plain = url.protocol === 'http:' && (LOOPBACK.test(url.hostname) || backchannel !== undefined);
    return oidc.discovery(url, clientId, undefined, clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None(), {
      timeout: TIMEOUT_S,
      ...(plain && { execute: [oidc.allowInsecureRequests] }),
      ...(backchannel && { [oidc.customFetch]: through(url, new URL(backchannel)) }),
    });
  }

  /** What the issuer itself, or the check of what it said, refused; undefined when it could not be asked. */
  private refusal(error: unknown): Problem | undefined {
    const refused =
      error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError || isCheck(error);
    if (!refused) return undefined;
    this.logger.log(`A sign-in was refused: ${nameOf(error)}`);
    return new Problem('unauthenticated', 'The sign-in is not valid any more; begin again');
  }
}

// A check that failed and an issuer that cannot be reached are the same kind of error; the code tells them apart.
const CHECKS = /^OAUTH_(?:INVALID_RESPONSE|PARSE_ERROR|JWT_|JSON_ATTRIBUTE|KEY_SELECTION)/;
const isCheck = (error: unknown): boolean => error instanceof oidc.ClientError && CHECKS.test(error.code ?? '');

const away = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('unavailable', 'The sign-in service does not answer; try again soon');

// Codes alone: a description may repeat what was sent.
function nameOf(error: unknown): string {
  const { error: code, code: other, name } = error as { error?: string; code?: string; name?: string };
  return String(code ?? other ?? name);
}

function tokensOf(answer: oidc.TokenEndpointResponse): Tokens {
  return {
    access: answer.access_token,
    ...(answer.refresh_token && { refresh: answer.refresh_token }),
    expires: Math.floor(Date.now() / 1000) + (answer.expires_in ?? LIFE_S),
  };
}

function through(issuer: URL, backchannel: URL): oidc.CustomFetch {
  return (url, options) => {
    const to = new URL(url);
    if (to.origin === issuer.origin) {
      to.protocol = backchannel.protocol;
      to.host = backchannel.host;
    }
    return fetch(to, options as RequestInit);
  };
}

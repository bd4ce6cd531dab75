import Provider, { type Configuration } from 'oidc-provider';
import { ALGORITHM, AUDIENCE, GATEWAY_CLIENT, type LocalIssuer } from './local-issuer.js';
import { localSubject } from './subject.js';

/** The API as the issuer knows it: every token is for it. */
const RESOURCE = 'urn:ceresio:api';
const HOUR = 3600;

/** An OpenID provider for one machine: code with PKCE, refresh tokens, JWKS, discovery. Who one is, is said and not proved. `life` of an access token in seconds. */
export function localProvider(local: LocalIssuer, life = HOUR): Provider {
  const configuration: Configuration = {
    clients: [
      {
        client_id: GATEWAY_CLIENT,
        // A native client may come back to any port of the loopback address: the API's port is not always the same.
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: loopback('/auth/callback'),
        post_logout_redirect_uris: loopback('/'),
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [local.key as never] },
    cookies: { keys: [local.cookieSecret] },
    scopes: ['openid', 'offline_access'],
    enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
    pkce: { required: () => true },
    findAccount: (_, subject) =>
      localSubject(subject) === subject ? { accountId: subject, claims: async () => ({ sub: subject }) } : undefined,
    interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
    // Nobody is asked for consent to what is their own machine.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid offline_access');
      await grant.save();
      return grant;
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = 'text/plain';
      ctx.body = `The sign-in cannot go on: ${error_description ?? error}. Go back to the platform and begin again.`;
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: life,
          jwt: { sign: { alg: ALGORITHM } },
        }),
      },
    },
    ttl: {
      AccessToken: life,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 12 * HOUR,
      Grant: 12 * HOUR,
      RefreshToken: 12 * HOUR,
    },
  };
  const provider = new Provider(local.issuer, configuration);
  const { host } = new URL(local.issuer);
  provider.use(async (ctx, next) => {
    // Addresses in answers are the issuer's own, whatever name it was called by.
    ctx.req.headers.host = host;
    await next();
  });
  return provider;
}

const loopback = (path: string): string[] => ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}${path}`);

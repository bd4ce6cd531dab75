import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

const HOUR_S = 3600;

/** An issuer for tests: a discovery document, keys that can be changed, and tokens signed with them. */
export class TestIssuer {
  /** What is offered at the moment. */
  keys: JWK[] = [];
  /** Answers with an error while true. */
  down = false;
  asked = 0;
  private signing!: { key: CryptoKey; kid: string; alg: string };
  private server!: Server;

  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await issuer.rotate('first');
    issuer.server = createServer((request, response) => {
      const discovery = request.url === '/.well-known/openid-configuration';
      if (!discovery) issuer.asked++;
      const body = discovery ? { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` } : { keys: issuer.keys };
      response.writeHead(issuer.down ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => issuer.server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Signs with a new key from now on, and offers it alone. */
  async rotate(kid: string, alg = 'ES256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    this.signing = { key: privateKey, kid, alg };
    this.keys = [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }];
  }

  /** A good access token, save for what is given otherwise. */
  token(sub: string, claims: Record<string, unknown> = {}, header: Partial<JWTHeaderParameters> = {}, key?: CryptoKey) {
    const { kid, alg } = this.signing;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.url, aud: 'ceresio', sub, iat: now, exp: now + HOUR_S, ...claims })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
      .sign(key ?? this.signing.key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '#libs/contracts';
import { mayBeForged } from './csrf.js';
import { OidcClient, type Tokens } from './oidc.client.js';
import { returnPath } from './return-to.js';
import { forget, type Jar, open, seal } from './sealed-cookie.js';
import type { SessionConfig } from './session.config.js';

/** Where somebody is shown who has signed in and asked for no other page. */
const HOME = '/auth/session';
/** Between leaving for the issuer and coming back. */
const SIGN_IN_S = 900;
/** Tokens are renewed this long before they end, so that a request does not meet the end on its way. */
const AHEAD_S = 60;
/** Requests that a browser sent at the same time bring the same old refresh token; an issuer may take it once only. */
const SHARED_MS = 30_000;

const sessionSchema = z.object({
  id: z.string(),
  access: z.string(),
  refresh: z.string().optional(),
  expires: z.number(),
  /** When one signed in, in seconds since 1970. */
  began: z.number(),
  /** When one signs in again, in seconds since 1970. */
  ends: z.number(),
});
type Session = z.infer<typeof sessionSchema>;

const journeySchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

/** What this gateway must know to sign browsers in; undefined parts mean that it does not. */
export type SessionSettings = SessionConfig & { OIDC_ISSUER?: string; PORT: number };

/**
 * Sessions of browsers. Tokens never reach a page: a session is one encrypted cookie, so that any gateway of an installation can read it and none
 * keeps a list. Ended they are all the same: by the moment before which a person's sign-ins count no more, which the access service knows.
 */
export class BrowserSessions {
  private readonly renewed = new Map<string, Promise<Tokens>>();

  private constructor(
    private readonly client: OidcClient,
    private readonly key: Uint8Array,
    private readonly origin: string,
    private readonly hours: number,
  ) {}

  /** Undefined where the configuration has no client of an issuer. */
  static of(config: SessionSettings): BrowserSessions | undefined {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, SESSION_KEY } = config;
    if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !SESSION_KEY) return undefined;
    const { origin } = new URL(config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`);
    const client = new OidcClient({
      issuer: OIDC_ISSUER,
      clientId: OIDC_CLIENT_ID,
      clientSecret: config.OIDC_CLIENT_SECRET,
      scope: config.OIDC_SCOPE,
      resource: config.OIDC_RESOURCE,
      callback: `${origin}/auth/callback`,
      backchannel: config.OIDC_BACKCHANNEL_URL,
    });
    return new BrowserSessions(client, Buffer.from(SESSION_KEY, 'base64url'), origin, config.SESSION_HOURS);
  }

  /** Where to send a browser that wants to sign in; `again` asks also somebody whom the issuer knows already. */
  async begin(reply: FastifyReply, returnTo: unknown, again: boolean): Promise<string> {
    const { url, ...journey } = await this.client.depart(again);
    const to = returnPath(returnTo, this.origin, HOME);
    reply.header('set-cookie', await seal(this.jar('login'), this.key, { ...journey, to }, SIGN_IN_S));
    return url.href;
  }

  /** Opens a session, always a new one, for a browser that comes back from the issuer. Answers where it goes on to. */
  async arrive(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const journey = journeySchema.safeParse(await open(this.jar('login'), this.key, request.headers.cookie));
    // The link works in the browser that began, once begun: nobody is signed in by a link that somebody sent.
    if (!journey.success) throw new Problem('unauthenticated', 'The sign-in has expired; begin again');
    reply.header('set-cookie', forget(this.jar('login')));
    const tokens = await this.client.arrive(request.url.split('?')[1] ?? '', journey.data);
    const began = seconds();
    await this.keep(reply, { id: randomUUID(), ...tokens, began, ends: began + this.hours * 3600 });
    return journey.data.to;
  }

  /**
   * The access token that a session stands for, and when the session began, in milliseconds since 1970; undefined without one. Throws Problem `forbidden` when the request may come from a page of
   * another site, `unavailable` when the token has ended and the issuer cannot be asked for another.
   */
  async token(request: FastifyRequest, reply: FastifyReply): Promise<{ access: string; began: number } | undefined> {
    const session = await this.read(request);
    if (!session) return undefined;
    const { method, headers } = request;
    const [site, origin, marked] = [headers['sec-fetch-site'], headers.origin, headers['x-ceresio-csrf'] !== undefined];
    if (mayBeForged({ method, site: typeof site === 'string' ? site : undefined, origin, marked }, this.origin))
      throw new Problem('forbidden', 'With a session, send X-Ceresio-Csrf: 1 from a page of this site');
    const began = session.began * 1000;
    const left = session.expires - seconds();
    if (left > AHEAD_S) return { access: session.access, began };
    if (!session.refresh) return left > 0 ? { access: session.access, began } : this.end(reply);
    try {
      const tokens = await this.renew(session.refresh);
      await this.keep(reply, { ...session, ...tokens });
      return { access: tokens.access, began };
    } catch (error) {
      if (error instanceof Problem && error.code === 'unauthenticated') return this.end(reply);
      // The issuer is away; what is still good is still good.
      if (left > 0) return { access: session.access, began };
      throw error;
    }
  }

  /** Ends the session of this browser here and at the issuer. Answers where the browser ends the one it has with the issuer itself, if there is such a place. */
  async leave(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const session = await this.read(request);
    this.end(reply);
    if (session?.refresh) await this.client.revoke(session.refresh);
    return this.client.farewell();
  }

  /** Takes the session from this browser. */
  end(reply: FastifyReply): undefined {
    reply.header('set-cookie', forget(this.jar()));
  }

  private async read(request: FastifyRequest): Promise<Session | undefined> {
    const session = sessionSchema.safeParse(await open(this.jar(), this.key, request.headers.cookie));
    return session.success ? session.data : undefined;
  }

  private async keep(reply: FastifyReply, session: Session): Promise<void> {
    const left = Math.max(1, session.ends - seconds());
    reply.header('set-cookie', await seal(this.jar(), this.key, session, left));
  }

  private renew(refresh: string): Promise<Tokens> {
    const name = createHash('sha256').update(refresh).digest('base64url');
    const known = this.renewed.get(name);
    if (known) return known;
    const renewed = this.client.refresh(refresh);
    this.renewed.set(name, renewed);
    const drop = () => this.renewed.delete(name);
    renewed.then(() => setTimeout(drop, SHARED_MS).unref(), drop);
    return renewed;
  }

  private jar(suffix?: string): Jar {
    const name = suffix ? `ceresio-${suffix}` : 'ceresio';
    // A browser takes cookies of this name and kind over encryption alone.
    const secure = this.origin.startsWith('https:');
    return { name: secure ? `__Host-${name}` : name, secure };
  }
}

const seconds = (): number => Math.floor(Date.now() / 1000);

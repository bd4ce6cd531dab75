import type { IncomingHttpHeaders } from 'node:http';
import { type Actor, actorName, Problem } from '#libs/contracts';
import type { RpcClient } from '#libs/service';
import { localActor } from './local-subject.js';
import { chosen, type Known, Roles } from './roles.js';
import { type Claims, type TokenSettings, TokenVerifier, unauthenticated } from './token-verifier.js';

/** Who carries the token or key, and until when it is good, in milliseconds since 1970. */
export interface Bearer {
  actor: Actor;
  /** What the caller may choose among by the role header. */
  roles: readonly Actor[];
  /** Which person or key, for the audit. */
  subject: string;
  expiresAt: number;
  /** Whether the caller still is who they were: for what stays open longer than an answer takes. */
  stands(): Promise<boolean>;
}

/** By which header a person with several roles says as which one they ask: `firm:<id>`, `coordinator:ITC43`. */
export const ROLE_HEADER = 'x-ceresio-role';

const KEY = /^Bearer +(ck_[\w-]{20,200}) *$/i;
const TOKEN = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
/** How long what a key without an end opens may stay open, such as the inbox stream. */
const KEY_LIFE_MS = 3_600_000;

/** Turns what a request shows into who asks. */
export class Authenticator {
  private readonly verifier: TokenVerifier;
  private roles?: Roles;

  constructor(
    private readonly settings: TokenSettings & { OIDC_LOCAL: boolean },
    private readonly now: () => number = Date.now,
  ) {
    this.verifier = new TokenVerifier(settings, now);
  }

  /** Once the broker can be asked. */
  connect(rpc: RpcClient): void {
    this.roles = new Roles(rpc, this.now);
  }

  /** Who asks by the header `Authorization`. Throws a Problem: `unauthenticated`, or `forbidden` where a role was chosen that the caller has not. */
  async authenticate(headers: IncomingHttpHeaders): Promise<Bearer> {
    const { authorization = '' } = headers;
    const role = headers[ROLE_HEADER]?.toString();
    const key = KEY.exec(authorization)?.[1];
    if (key) return this.ofKey(key, role);
    const token = TOKEN.exec(authorization)?.[1];
    if (!token) throw unauthenticated();
    return this.ofToken(token, role);
  }

  /** Who an access token is for; browser sessions keep theirs on this side and come with it directly, and with the moment when they began. */
  async ofToken(token: string, role?: string, began?: number): Promise<Bearer> {
    const claims = await this.verifier.verify(token);
    const { subject, actors, notBefore = 0 } = await this.known(claims, role);
    if (Math.min(claims.signedInAt, began ?? claims.signedInAt) < notBefore) throw unauthenticated();
    const actor = chosen(actors, role);
    const stands = () => stillIs(actor, this.ofToken(token, role, began));
    return { actor, roles: actors, subject, expiresAt: claims.expiresAt, stands };
  }

  /** Lets what a person has changed about their own sign-in or roles count at once, in this gateway. */
  async forget(subject: string): Promise<void> {
    await this.roles?.forget(subject);
  }

  private async ofKey(key: string, role: string | undefined): Promise<Bearer> {
    const { subject, actors, expiresAt = this.now() + KEY_LIFE_MS } = await this.asked().ofKey(key);
    if (expiresAt <= this.now()) throw unauthenticated();
    const actor = chosen(actors, role);
    return { actor, roles: actors, subject, expiresAt, stands: () => stillIs(actor, this.ofKey(key, role)) };
  }

  private async known({ issuer, subject }: Claims, role: string | undefined): Promise<Known> {
    // The local issuer names the role itself. Its word counts where the settings say that it is the local one, and nowhere else.
    if (!this.settings.OIDC_LOCAL) return this.asked().ofPerson(issuer, subject, role);
    const actor = localActor(subject);
    if (!actor) throw unauthenticated();
    return { subject, actors: [actor] };
  }

  private asked(): Roles {
    if (!this.roles) throw new Problem('unavailable', 'The gateway is starting');
    return this.roles;
  }
}

// Whoever cannot be asked at the moment has said nothing against it.
async function stillIs(actor: Actor, again: Promise<Bearer>): Promise<boolean> {
  try {
    return actorName((await again).actor) === actorName(actor);
  } catch (error) {
    return !(error instanceof Problem && (error.code === 'unauthenticated' || error.code === 'forbidden'));
  }
}

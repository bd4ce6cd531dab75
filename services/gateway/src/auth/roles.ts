import { createHash } from 'node:crypto';
import { type Actor, accessRpc, actorName, Problem } from '#libs/contracts';
import { type RpcClient, serviceContext } from '#libs/service';
import { unauthenticated } from './token-verifier.js';

/** A role that was taken, a key that was revoked or a session that was ended works no longer than this. */
const KEPT_MS = 30_000;
const KEPT_MAX = 5000;

/** The person or program behind what was shown, as the access service knows it. */
export interface Known {
  subject: string;
  /** Those held longest first. */
  actors: readonly Actor[];
  expiresAt?: number | undefined;
  /** Whoever signed in before that is signed out, in milliseconds since 1970. */
  notBefore?: number | undefined;
}

/** Asks the access service who somebody is, and remembers it for a moment. */
export class Roles {
  private readonly kept = new Map<string, { until: number; known: Promise<Known> }>();

  constructor(
    private readonly rpc: RpcClient,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * The roles of a person. One without any may still claim a firm or take up an invitation: an account that may do nothing. What is remembered
   * without the role that the caller has chosen is asked for anew: it may have been given a moment ago, by way of another gateway.
   */
  async ofPerson(issuer: string, subject: string, role?: string): Promise<Known> {
    const name = `${issuer} ${subject}`;
    const ask = async (): Promise<Known> => {
      const answer = await this.rpc.call(accessRpc.identify, { issuer, subject }, serviceContext('gateway'));
      const { person, roles, notBefore } = answer;
      const nobody: Actor = { kind: 'account', id: person, scopes: [] };
      return {
        subject: person,
        actors: roles.length > 0 ? roles : [nobody],
        ...(notBefore && { notBefore: Date.parse(notBefore) }),
      };
    };
    const known = await this.remember(name, ask);
    if (role === undefined || known.actors.some((actor) => actorName(actor) === role)) return known;
    this.kept.delete(name);
    return this.remember(name, ask);
  }

  /** Who holds an API key. The key itself goes nowhere. */
  ofKey(key: string): Promise<Known> {
    const hash = createHash('sha256').update(key).digest('base64url');
    return this.remember(hash, async () => {
      const { actor, expiresAt } = await this.rpc.call(accessRpc.verifyKey, { hash }, serviceContext('gateway'));
      return { subject: actorName(actor), actors: [actor], expiresAt: expiresAt ? Date.parse(expiresAt) : undefined };
    }).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'unauthenticated' ? unauthenticated() : error;
    });
  }

  /** Asks anew about this person with the next request: here what they changed counts at once. */
  async forget(subject: string): Promise<void> {
    for (const [name, { known }] of this.kept)
      if ((await known.catch(() => undefined))?.subject === subject) this.kept.delete(name);
  }

  private remember(name: string, ask: () => Promise<Known>): Promise<Known> {
    const now = this.now();
    const kept = this.kept.get(name);
    if (kept && kept.until > now) return kept.known;
    const known = ask();
    this.kept.delete(name);
    if (this.kept.size >= KEPT_MAX) this.kept.delete(this.kept.keys().next().value ?? '');
    const entry = { until: now + KEPT_MS, known };
    this.kept.set(name, entry);
    // That nobody could be asked is not remembered; that a key is not good is.
    known.catch((error: unknown) => {
      const final = error instanceof Problem && error.code === 'unauthenticated';
      if (!final && this.kept.get(name) === entry) this.kept.delete(name);
    });
    return known;
  }
}

/** The role that the caller has chosen among theirs, by its name; the first where none was chosen. */
export function chosen(actors: readonly Actor[], name: string | undefined): Actor {
  const actor = name === undefined ? actors[0] : actors.find((one) => actorName(one) === name);
  if (!actor) throw new Problem('forbidden', 'This is not one of your roles');
  return actor;
}

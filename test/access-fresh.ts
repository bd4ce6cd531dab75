import { eventually } from '#libs/testing';
import type { Column } from '../services/gateway/src/auth/route-table.js';
import { make, makeKey, type Objects } from './access-objects.js';
import type { Peopled } from './access-people.js';

/** One of those whom the table has a column for, with what is theirs and what is not. */
export interface Actor {
  name: string;
  column: Column;
  /** By which role it is a person; a key is none. */
  as?: string;
  bearer: string;
  own: Objects;
  foreign: Objects;
}

interface Request {
  to: Objects;
  bearer: string;
}
type Make = (platform: Peopled, actor: Actor, to: Objects, own: boolean) => Promise<Request>;

const PASSING = { name: 'Di passaggio', languages: ['it'], text: 'Inventata' };

/** Somebody of the same role, for what changes who one is. */
const standIn = (platform: Peopled, { as }: Actor): Promise<string> => platform.newcomer(as);

const decided: Make = async (platform, { bearer }, to) => ({
  bearer,
  to: { ...to, claim: (await claimOf(platform, to.vat)).id },
});

const keyMade: Make = async (platform, { bearer }, to) => ({
  bearer,
  to: { ...to, key: (await makeKey(platform, to.company, ['read'])).id },
});

/** What a request uses up is made anew for each one that may use it up: by operation. */
const FRESH: Record<string, Make> = {
  rotateKey: keyMade,
  revokeKey: keyMade,
  confirmClaim: decided,
  refuseClaim: decided,
  async confirmClaimByCode(platform, actor, to) {
    const vat = newVat();
    const registerEmail = `${vat}@register.example.org`;
    const firm = { ...PASSING, ...to.place, identifiers: [{ scheme: 'vat-it', value: vat }], registerEmail };
    await make(platform, 'coordinator', '/v1/companies', firm);
    const bearer = await standIn(platform, actor);
    const claim = { identifier: { scheme: 'vat-it', value: vat }, mail: true };
    const { id } = await asked<{ id: string }>(platform, bearer, 'POST', '/v1/claims', claim);
    return { bearer, to: { ...to, claim: id, code: await codeMailedTo(platform, registerEmail) } };
  },
  createErasure: (platform, actor, to) => doomed(platform, actor, to),
  async getErasure(platform, actor, to) {
    const { to: given, bearer } = await doomed(platform, actor, to);
    // An editor is known by the gateway before the owner's request makes it nobody.
    if (actor.column === 'editor') await asked(platform, bearer, 'GET', '/v1/memberships');
    const by = actor.column === 'editor' ? await platform.newcomer(`firm:${given.party.id}`) : bearer;
    const { id } = await asked<{ id: string }>(platform, by, 'POST', '/v1/erasures', { subject: given.party });
    return { bearer, to: { ...given, erasure: id } };
  },
  async revokeInvitation(platform, { bearer }, to) {
    const { id } = await make(platform, 'admin', `/v1/companies/${to.company}/invitations`, { role: 'editor' });
    return { bearer, to: { ...to, invitation: id } };
  },
  async acceptInvitation(platform, actor, to) {
    const path = `/v1/companies/${to.company}/invitations`;
    const { token } = (await make(platform, 'admin', path, { role: 'editor' })) as unknown as { token: string };
    return { bearer: await standIn(platform, actor), to: { ...to, link: token } };
  },
  async signOutEverywhere(platform, actor, to) {
    return { bearer: await standIn(platform, actor), to };
  },
  async grantRole(platform, { bearer }, to) {
    return { bearer, to: { ...to, person: await platform.personOf(await platform.newcomer()) } };
  },
  async endMembership(platform, actor, to, own) {
    if (!own || actor.column === 'owner' || actor.column === 'coordinator' || actor.column === 'admin')
      return { bearer: actor.bearer, to: { ...to, membership: await colleagueOf(platform, to.company) } };
    // The others end their own.
    const bearer = await standIn(platform, actor);
    const { items } = await asked<{ items: [{ id: string }] }>(platform, bearer, 'GET', '/v1/memberships');
    return { bearer, to: { ...to, membership: items[0].id } };
  },
  async removeMute(platform, { bearer, own }, to) {
    const { kind, id } = own.party;
    const mute = await make(platform, `${kind}:${id}`, `/v1/inbox/${to.notice}/mute`, {});
    return { bearer, to: { ...to, mute: mute.id } };
  },
};

/** With what the request is made that the table allows; `made` when it was made for this one. */
export async function fresh(
  platform: Peopled,
  operation: string,
  actor: Actor,
  to: Objects,
  own: boolean,
): Promise<Request & { made: boolean }> {
  const made = FRESH[operation];
  if (!made) return { to, bearer: actor.bearer, made: false };
  return { ...(await made(platform, actor, to, own)), made: true };
}

let vats = 0;

/** An invented P.IVA whose check digit is right. */
function newVat(): string {
  const digits = `${String(9_000_000 + vats++)}015`;
  const sum = [...digits].reduce((total, digit, at) => {
    const twice = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The code of a claim, out of the mail to that address. */
export async function codeMailedTo(platform: Peopled, address: string): Promise<string> {
  const { mail } = platform.run();
  return eventually(
    async () => {
      const { messages } = (await (await fetch(`${mail}/api/v1/messages`)).json()) as {
        messages: { id: string; to: string[] }[];
      };
      const found = messages.find(({ to }) => to.includes(address));
      if (!found) throw new Error('no mail yet');
      const { text } = (await (await fetch(`${mail}/api/v1/message/${found.id}`)).json()) as { text: string };
      return /\b\w{4}-\w{4}-\w{4}\b/.exec(text)![0];
    },
    { timeout: 30_000 },
  );
}

/** A claim of somebody new on the firm with this identifier. */
export async function claimOf(platform: Peopled, vat: string): Promise<{ id: string }> {
  const identifier = { scheme: 'vat-it', value: vat };
  return asked(platform, await platform.newcomer(), 'POST', '/v1/claims', { identifier });
}

/** The membership of a new editor of the firm. */
export async function colleagueOf(platform: Peopled, company: string): Promise<string> {
  const personId = await platform.personOf(await platform.newcomer());
  const role = { kind: 'firm', id: company, role: 'editor' };
  return (await make(platform, 'admin', '/v1/memberships', { personId, role })).id;
}

/** A firm or an expert of the place that may go, and who asks for it: its own people, or the actor itself. */
async function doomed(platform: Peopled, actor: Actor, to: Objects): Promise<Request> {
  const { kind } = to.party;
  const path = kind === 'firm' ? '/v1/companies' : '/v1/experts';
  const { id } = await make(platform, 'coordinator', path, { ...PASSING, ...to.place });
  const party = { kind, id };
  const theirs = { owner: `firm:${id}`, editor: `firm:${id}:editor`, expert: `expert:${id}` } as Record<string, string>;
  const as = theirs[actor.column];
  return { to: { ...to, party }, bearer: as ? await platform.newcomer(as) : actor.bearer };
}

async function asked<T>(platform: Peopled, bearer: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(platform.run().gateway + path, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

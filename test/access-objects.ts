import { randomUUID } from 'node:crypto';
import { eventually } from '#libs/testing';
import type { Platform } from './platform.js';

/** What lies on one side of the border: invented firms and experts, and all that comes of them. */
export interface Side {
  company: string;
  expert: string;
  draft: string;
  need: string;
  suggestion: string;
  interest: string;
  key: string;
  secret: string;
  invitation: string;
  /** Its identifier; by it a firm is claimed. */
  vat: string;
  place: { country: string; territory: string };
}

/** What belongs to one firm or expert alone. */
export interface Own {
  party: { kind: 'firm' | 'expert'; id: string };
  alert: string;
  webhook: string;
  notice: string;
  mute: string;
  /** A question to a coordinator. */
  help: string;
}

/** What the access service keeps of a firm and its people. */
export interface Kept {
  claim: string;
  membership: string;
  erasure: string;
  /** The token of an invitation. */
  link: string;
  /** Of the mail to the address of the register. */
  code: string;
  person: string;
}

export type Objects = Side & Own & Kept & { weights: string };
type Made = { id: string };

const LANGUAGES = ['it'];
const PLACES = {
  here: { country: 'IT', territory: 'ITC43' },
  elsewhere: { country: 'CH', territory: 'CH070' },
};
/** As good as any, and of no mail. */
export const NO_CODE = 'ABCD-EFGH-2345';
const VATS = { here: '00743110157', elsewhere: '00812340156' };
const SKILLS = { here: 'visione artificiale', elsewhere: 'saldatura laser' };

/** Ids that nothing has. */
export function nothing(kind: Own['party']['kind'] = 'firm'): Objects {
  const id = randomUUID;
  return {
    ...{ company: id(), expert: id(), draft: id(), need: id(), suggestion: id(), interest: id(), key: id() },
    ...{ invitation: id(), alert: id(), webhook: id(), notice: id(), mute: id(), help: id(), secret: '' },
    ...{
      claim: id(),
      membership: id(),
      erasure: id(),
      link: 'ci_invented',
      code: NO_CODE,
      person: id(),
      weights: 'none',
    },
    vat: '12345670017',
    place: PLACES.here,
    party: { kind, id: id() },
  };
}

export async function make(platform: Platform, as: string, path: string, body: unknown): Promise<Made> {
  const answer = await platform.ask<Made>(as, 'POST', path, body);
  if (answer.status >= 300) throw new Error(`${as} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function makeSide(platform: Platform, where: keyof typeof PLACES): Promise<Side> {
  const place = PLACES[where];
  const skill = SKILLS[where];
  const made = (path: string, body: unknown, as = 'coordinator') => make(platform, as, path, body);
  const { id: company } = await made('/v1/companies', {
    ...{ name: `Officina Inventata ${where}`, ...place, languages: LANGUAGES, contact: { email: 'a@example.org' } },
    identifiers: [{ scheme: 'vat-it', value: VATS[where] }],
  });
  const { id: expert } = await made('/v1/experts', {
    ...{ name: `Esperta Inventata ${where}`, ...place, languages: LANGUAGES, competences: [skill] },
    contact: { email: 'b@example.org' },
  });
  const firm = `firm:${company}`;
  const words = { type: 'TR', title: `Cerchiamo ${skill}`, summary: `Cerchiamo chi conosce ${skill}.`, lang: 'it' };
  const { id: draft } = await made(`/v1/companies/${company}/opportunities`, words, firm);
  const { id: need } = await made(`/v1/companies/${company}/opportunities`, words, firm);
  await made(`/v1/opportunities/${need}/publish`, {}, firm);
  const suggestion = await eventually(
    async () => {
      const path = `/v1/opportunities/${need}/suggestions`;
      const { body } = await platform.ask<{ items: { id: string; subject: Made }[] }>(firm, 'GET', path);
      const found = body.items.find(({ subject }) => subject.id === expert);
      if (!found) throw new Error('not suggested yet');
      return found.id;
    },
    { timeout: 60_000 },
  );
  const { id: interest } = await made(`/v1/suggestions/${suggestion}/interest`, {}, firm);
  const key = await makeKey(platform, company, ['read', 'match', 'write']);
  const { id: invitation } = await made(`/v1/companies/${company}/invitations`, { role: 'editor' }, firm);
  return {
    ...{ company, expert, draft, need, suggestion, interest, key: key.id, secret: key.key, invitation, place },
    vat: VATS[where],
  };
}

export async function makeKey(platform: Platform, firmId: string, scopes: string[]) {
  return (await make(platform, 'admin', '/v1/keys', { label: 'Inventata', scopes, firmId })) as Made & { key: string };
}

export async function makeOwn(platform: Platform, kind: 'firm' | 'expert', side: Side): Promise<Own> {
  const id = kind === 'firm' ? side.company : side.expert;
  const as = `${kind}:${id}`;
  const search = { seek: kind === 'firm' ? 'experts' : 'opportunities', text: 'tornitura inventata' };
  const alert = await make(platform, as, '/v1/alerts', search);
  const webhook = await make(platform, as, '/v1/webhooks', { url: 'https://hooks.example.org/ceresio' });
  const notice = await eventually(
    async () => {
      const { body } = await platform.ask<{ items: (Made & { kind: string })[] }>(as, 'GET', '/v1/inbox');
      // Requests that wait for an answer cannot be muted.
      const found = body.items.find(({ kind }) => kind.startsWith('suggest'));
      if (!found) throw new Error(`${as} has no suggestion in the inbox yet: ${JSON.stringify(body)}`);
      return found.id;
    },
    { timeout: 60_000 },
  );
  const mute = await make(platform, as, `/v1/inbox/${notice}/mute`, {});
  const question = { suggestionId: side.suggestion, text: 'Una domanda inventata' };
  const help = await make(platform, as, '/v1/help-requests', question);
  return { party: { kind, id }, alert: alert.id, webhook: webhook.id, notice, mute: mute.id, help: help.id };
}

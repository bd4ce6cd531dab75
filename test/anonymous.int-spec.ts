import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { brings, CONSUMERS, OWNERS } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { type Answer, databaseUrl, type Platform, startPlatform } from './platform.js';

/** An invented firm; each of these words would give it away. */
const FIRM = {
  name: 'Tessitura Quokkalpina S.r.l.',
  country: 'IT',
  territory: 'ITC43',
  languages: ['it'],
  sectors: [{ scheme: 'ATECO2025', code: '13.20.00' }],
  website: 'https://www.quokkalpina.example',
  identifiers: [
    { scheme: 'vat-it', value: 'VAT' },
    { scheme: 'rea-it', value: 'LC-998877' },
  ],
  contact: { name: 'Ada Velata', email: 'segreteria@zyzzyva-posta.example' },
};
const VAT = '00812340156';
const NEED = {
  type: 'TR',
  title: 'Visione artificiale per tessuti tecnici',
  summary: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici.',
  lang: 'it',
  anonymous: true,
};
const EXPERT = {
  name: 'Elena Inventata',
  country: 'CH',
  territory: 'CH070',
  territories: ['ITC43', 'CH'],
  languages: ['it'],
  competences: ['visione artificiale', 'tessuti tecnici'],
  contact: { email: 'elena@example.org' },
};
const PARTNER = {
  name: 'Ottica Inventata SA',
  country: 'CH',
  territory: 'CH070',
  languages: ['it'],
  offers: ['visione artificiale', 'tessuti tecnici'],
  text: 'Telecamere e visione artificiale per tessuti tecnici.',
  contact: { email: 'ottica@example.org' },
};

interface Suggested {
  id: string;
  opportunityId: string;
  companyId: string | null;
}
type Made = { id: string };

describe('An anonymous need, across the platform', () => {
  let platform: Platform;
  let firm: string;
  let need: string;
  let interest: string;
  let others: { expert: string; partner: string; stranger: string };
  let secrets: string[];
  /** All that somebody other than the firm was answered, headers included. */
  const heard: string[] = [];

  const made = async (path: string, body: unknown, as = 'coordinator'): Promise<string> => {
    const answer = await platform.ask<Made>(as, 'POST', path, body);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const hear = async <T = Record<string, unknown>>(as: string, method: string, path: string, body?: unknown) => {
    const answer = await platform.ask<T>(as, method, path, body);
    heard.push(JSON.stringify([path, answer.status, [...answer.headers], answer.body]));
    return answer;
  };
  const suggestionsOf = async (as: string, path: string): Promise<Suggested[]> => {
    const { body } = await hear<{ items: Suggested[] }>(as, 'GET', path);
    return body.items.filter((one) => one.opportunityId === need);
  };
  const leaks = (texts: readonly string[]) =>
    texts.flatMap((text) =>
      secrets.filter((secret) => text.toLowerCase().includes(secret)).map((secret) => [secret, text]),
    );

  beforeAll(async () => {
    platform = await startPlatform();
    const identifiers = FIRM.identifiers.map((one) => (one.value === 'VAT' ? { ...one, value: VAT } : one));
    firm = await made('/v1/companies', { ...FIRM, identifiers });
    const stranger = await made('/v1/companies', { name: 'Curiosa Inventata', country: 'IT', languages: ['it'] });
    others = {
      expert: `expert:${await made('/v1/experts', EXPERT)}`,
      partner: `firm:${await made('/v1/companies', PARTNER)}`,
      stranger: `firm:${stranger}`,
    };
    secrets = [firm, VAT, 'quokkalpina', 'lc-998877', '998877', 'zyzzyva-posta', 'ada velata'].map((one) =>
      one.toLowerCase(),
    );
    for (const as of [others.expert, others.partner]) await mailAtAnyHour(as);
    const alert = { seek: 'opportunities', text: NEED.summary, rhythm: 'now' };
    for (const as of Object.values(others)) expect((await hear(as, 'POST', '/v1/alerts', alert)).status).toBe(201);
    need = await made(`/v1/companies/${firm}/opportunities`, NEED, `firm:${firm}`);
    const published = await platform.ask(`firm:${firm}`, 'POST', `/v1/opportunities/${need}/publish`, {});
    expect(published).toMatchObject({ status: 200, body: { anonymous: true, companyId: firm } });
  }, 180_000);
  afterAll(() => platform?.stop());

  it('is suggested to an expert and to a partner, told to both, and found by whoever looks for needs', async () => {
    const id = (as: string) => as.slice(as.indexOf(':') + 1);
    const { expert, partner } = others;
    const [toExpert] = await eventually(async () => {
      const found = await suggestionsOf(expert, `/v1/experts/${id(expert)}/suggestions`);
      expect(found).toHaveLength(1);
      expect(await suggestionsOf(partner, `/v1/companies/${id(partner)}/suggestions`)).toHaveLength(1);
      return found;
    });
    expect(toExpert).toMatchObject({ companyId: null });
    for (const as of [expert, partner])
      await eventually(async () => {
        const { body } = await hear<{ items: { kind: string }[] }>(as, 'GET', '/v1/inbox');
        expect(body.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['suggested', 'alert-hit']));
      });
    for (const as of Object.values(others)) {
      const asked = { text: NEED.summary, seek: 'opportunities' };
      await eventually(async () => {
        const { body } = await hear<{ items: { subject: { id: string; company: null } }[] }>(
          as,
          'POST',
          '/v1/matches',
          asked,
        );
        expect(body.items.find(({ subject }) => subject.id === need)?.subject).toMatchObject({
          ...{ territory: 'ITC4', company: null },
        });
      });
      const subject = { type: 'opportunity', id: need };
      expect((await hear(as, 'POST', '/v1/matches/explain', { ...asked, subject })).status).toBe(200);
      await hear(as, 'POST', '/v1/matches', { opportunityId: need, seek: 'experts' });
      await hear(as, 'GET', `/v1/opportunities/${need}`);
      await hear(as, 'GET', `/v1/opportunities/${need}/suggestions`);
      await hear(as, 'GET', '/v1/alerts');
    }
    // Listed under its firm it would have the firm's name.
    const listed = await platform.ask<{ items: unknown[] }>(
      others.stranger,
      'GET',
      `/v1/companies/${firm}/opportunities`,
    );
    expect(listed.body.items).toEqual([]);
    interest = await eventually(async () => {
      const answer = await hear<Made>(expert, 'POST', `/v1/suggestions/${toExpert!.id}/interest`, {
        note: 'Volentieri.',
      });
      expect(answer.status).toBe(201);
      return answer.body.id;
    });
    await hear(expert, 'GET', `/v1/interests/${interest}`);
    await hear(expert, 'GET', '/v1/interests');
  });

  it('leaves nothing of its firm in any answer or mail to others', async () => {
    expect(leaks(heard)).toEqual([]);
    const toOthers = await eventually(async () => {
      const { messages } = await mails();
      for (const { contact } of [EXPERT, PARTNER])
        expect(messages.filter(({ to }) => to.includes(contact.email))).not.toHaveLength(0);
      return messages.filter(({ to }) => !to.includes(FIRM.contact.email));
    });
    const texts = await Promise.all(toOthers.map(async ({ id }) => JSON.stringify(await mail(id))));
    expect(leaks(texts)).toEqual([]);
  });

  it('leaves nothing of its firm in the index, in the events that concern it, or in the logs', async () => {
    const { meiliMasterKey } = JSON.parse(await readFile(join(platform.dir, 'secrets.json'), 'utf8')) as {
      meiliMasterKey: string;
    };
    const documents = await fetch(`${platform.run().engines.meilisearch}/indexes/ceresio_opportunities/documents`, {
      headers: { authorization: `Bearer ${meiliMasterKey}` },
    });
    const index = await documents.text();
    expect(index).toContain(need);
    expect(leaks([index])).toEqual([]);

    const events = await eventsAbout(need);
    expect(events.map((event) => event.split(' ')[0])).toEqual(
      expect.arrayContaining([
        'opportunity-published.v1',
        'suggestion-made.v1',
        'alert-matched.v1',
        'interest-expressed.v1',
      ]),
    );
    // Who did what to it stands in the audit log, which administrators read; its events go to nobody else.
    expect(leaks(events.filter((event) => !event.startsWith('audited.')))).toEqual([]);
    const hearers = Object.keys(CONSUMERS).filter((service) =>
      OWNERS.some((owner) => brings(service, owner.toUpperCase(), 'audited')),
    );
    expect(hearers).toEqual(['access']);

    const lines: string[] = [];
    for (const file of await readdir(join(platform.dir, 'logs')))
      lines.push(...(await readFile(join(platform.dir, 'logs', file), 'utf8')).split('\n'));
    lines.push(...platform.output().split('\n'));
    expect(lines.length).toBeGreaterThan(10);
    expect(leaks(lines.filter((line) => line.includes(need)))).toEqual([]);
    const words = secrets.filter((secret) => secret !== firm);
    expect(lines.filter((line) => words.some((word) => line.toLowerCase().includes(word)))).toEqual([]);
  });

  it('opens when both have accepted', async () => {
    const accepted = await platform.ask(`firm:${firm}`, 'POST', `/v1/interests/${interest}/accept`, {});
    expect(accepted.status).toBe(200);
    const seen: Answer<{ counterpart: object }> = await platform.ask(others.expert, 'GET', `/v1/interests/${interest}`);
    expect(seen.body.counterpart).toMatchObject({ id: firm, name: FIRM.name, contact: { email: FIRM.contact.email } });
  });

  async function mailAtAnyHour(as: string): Promise<void> {
    const etag = (await platform.ask(as, 'GET', '/v1/preferences')).headers.get('etag') ?? '';
    const chosen = await platform.ask(as, 'PUT', '/v1/preferences', { quietHours: null }, { 'if-match': etag });
    expect(chosen.status).toBe(200);
  }
  async function mails(): Promise<{ messages: { id: string; to: string[] }[] }> {
    return (await fetch(`${platform.run().mail}/api/v1/messages`)).json() as never;
  }
  async function mail(id: string): Promise<unknown> {
    return (await fetch(`${platform.run().mail}/api/v1/message/${id}`)).json();
  }
  /** Every event that names the need, from each service that tells any: what its relay puts on the stream, word for word. */
  async function eventsAbout(id: string): Promise<string[]> {
    const found: string[] = [];
    for (const service of ['companies', 'matching', 'cooperation', 'notifications']) {
      const client = new pg.Client({ connectionString: await databaseUrl(platform, service) });
      await client.connect();
      const { rows } = await client.query<{ text: string }>(
        `SELECT type || ' ' || subject || ' ' || envelope::text AS text FROM outbox WHERE envelope::text LIKE '%' || $1 || '%'`,
        [id],
      );
      await client.end();
      found.push(...rows.map((row) => row.text));
    }
    return found;
  }
});

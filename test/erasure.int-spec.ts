import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '#libs/testing';
import { databaseUrl, type Platform, startPlatform } from './platform.js';

const SERVICES = ['companies', 'experts', 'matching', 'cooperation', 'notifications', 'access'];

/** An invented firm and an invented expert. Each planted word stands in one field and nowhere else in the world. */
const VAT = '00812340156';
const FIRM = {
  name: 'Tessitura Zyxquokka S.r.l.',
  country: 'IT',
  territory: 'ITC43',
  town: 'Vlimbora',
  languages: ['it'],
  website: 'https://www.plorvenza.example',
  text: 'Telai jacquard e glorbinatura di tessuti tecnici.',
  offers: ['tessuti tecnici'],
  identifiers: [{ scheme: 'vat-it', value: VAT }],
  contact: { name: 'Rosa Zuntrivella', email: 'rosa@wuxabella.example', phone: '+39 0341 7798123' },
};
const NEED = {
  type: 'TR',
  title: 'Visione artificiale per drovalesso',
  summary: 'Cerchiamo visione artificiale per tessuti tecnici e frumbolite.',
  text: 'Il difetto si chiama skervimenta.',
  lang: 'it',
};
const EXPERT = {
  name: 'Ada Brixolanda',
  country: 'CH',
  territory: 'CH070',
  territories: ['ITC43', 'CH'],
  languages: ['it'],
  affiliation: 'Istituto Quenvaro',
  text: 'Visione artificiale e tessuti tecnici, con thrumbalina.',
  competences: ['visione artificiale', 'tessuti tecnici'],
  website: 'https://www.ostrovelia.example',
  contact: { name: 'Ada Brixolanda', email: 'ada@nuvrotesta.example', phone: '+41 91 6612349' },
};
const HOOKS = { firm: 'https://hooks.zelgamura.example/in', expert: 'https://hooks.prinzolata.example/in' };
const NOTES = { asked: 'Ci vediamo a Krebassona?', answered: 'Volentieri a Wintolengo.', help: 'Anche a Dolzimarra?' };
const SEARCH = { name: 'Ricerca flantovesca', text: 'Visione artificiale per blegamorti' };

const OF_FIRM = [
  ...['zyxquokka', 'vlimbora', 'plorvenza', 'glorbinatura', VAT, 'zuntrivella', 'wuxabella', '7798123'],
  ...['drovalesso', 'frumbolite', 'skervimenta', 'zelgamura', 'krebassona', 'etichetta-vornica', 'dolzimarra'],
];
const OF_EXPERT = [
  ...['brixolanda', 'quenvaro', 'thrumbalina', 'ostrovelia', 'nuvrotesta', '6612349'],
  ...['prinzolata', 'wintolengo', 'flantovesca', 'blegamorti'],
];

type Made = { id: string };
interface Erasure {
  id: string;
  state: string;
  steps: { owner: string; doneAt: string | null }[];
}

describe('Taking along and erasing, across the platform', () => {
  let platform: Platform;
  let firm: string;
  let expert: string;
  let as: { firm: string; expert: string };

  const made = async (who: string, path: string, body: unknown): Promise<string> => {
    const answer = await platform.ask<Made>(who, 'POST', path, body, {
      'idempotency-key': `${path} ${JSON.stringify(body).length}`,
    });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const exported = (kind: 'firm' | 'expert', id: string) =>
    platform.ask<{ services: object }>(kind === 'firm' ? as.firm : as.expert, 'GET', `/v1/exports/${kind}/${id}`);
  const missing = (words: string[], text: string) => words.filter((word) => !text.toLowerCase().includes(word));
  const erased = async (kind: 'firm' | 'expert', id: string, who: string): Promise<Erasure> => {
    const begun = await platform.ask<Erasure>(who, 'POST', '/v1/erasures', { subject: { kind, id } });
    expect(begun).toMatchObject({ status: 202 });
    return eventually(async () => {
      const { body } = await platform.ask<Erasure>('admin', 'GET', begun.headers.get('location') ?? '');
      expect(body.steps.filter((step) => !step.doneAt)).toEqual([]);
      expect(body.state).toBe('done');
      return body;
    });
  };

  beforeAll(async () => {
    platform = await startPlatform();
    firm = await made('coordinator', '/v1/companies', FIRM);
    expert = await made('coordinator', '/v1/experts', EXPERT);
    as = { firm: `firm:${firm}`, expert: `expert:${expert}` };
    await made(as.expert, '/v1/alerts', { seek: 'opportunities', rhythm: 'now', ...SEARCH });
    await made(as.firm, '/v1/webhooks', { url: HOOKS.firm });
    await made(as.expert, '/v1/webhooks', { url: HOOKS.expert });
    await made(as.firm, '/v1/keys', { label: 'Etichetta-Vornica', scopes: ['read'], firmId: firm });
    const need = await made(as.firm, `/v1/companies/${firm}/opportunities`, NEED);
    expect((await platform.ask(as.firm, 'POST', `/v1/opportunities/${need}/publish`, {})).status).toBe(200);
    const suggestion = await eventually(async () => {
      const { body } = await platform.ask<{ items: Made[] }>(as.expert, 'GET', `/v1/experts/${expert}/suggestions`);
      expect(body.items).toHaveLength(1);
      return body.items[0]!.id;
    });
    const interest = await made(as.firm, `/v1/suggestions/${suggestion}/interest`, { note: NOTES.asked });
    await made(as.firm, '/v1/help-requests', { suggestionId: suggestion, text: NOTES.help });
    const yes = await platform.ask(as.expert, 'POST', `/v1/interests/${interest}/accept`, { note: NOTES.answered });
    expect(yes.status).toBe(200);
    await eventually(async () => {
      const { body } = await platform.ask<{ items: { kind: string }[] }>(as.firm, 'GET', '/v1/inbox');
      expect(body.items.map(({ kind }) => kind)).toContain('interest-answered');
    });
    // What a service could not handle lies in its database, with whatever somebody put into it.
    await query(
      'matching',
      `INSERT INTO dead_letter (event_id, consumer, subject, raw, reason, error, attempts)
      VALUES (gen_random_uuid(), 'matching', 'experts.expert-saved.v1.${expert}', convert_to('{"id":"${expert}","name":"Brixolanda"}', 'UTF8'), 'unreadable', 'Brixolanda', 1)`,
    );
  }, 240_000);
  afterAll(() => platform?.stop());

  it('hands out everything before, to who it is about and to administrators alone', async () => {
    const ofFirm = JSON.stringify((await exported('firm', firm)).body);
    const ofExpert = JSON.stringify((await exported('expert', expert)).body);
    expect(missing(OF_FIRM, ofFirm)).toEqual([]);
    expect(missing(OF_EXPERT, ofExpert)).toEqual([]);
    const csv = await fetch(`${platform.run().gateway}/v1/exports/expert/${expert}`, {
      headers: { authorization: `Bearer ${await platform.token(as.expert)}`, accept: 'text/csv' },
    });
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(missing(OF_EXPERT, await csv.text())).toEqual([]);
    expect((await platform.ask('admin', 'GET', `/v1/exports/firm/${firm}`)).status).toBe(200);
    const foreign = await platform.ask(as.expert, 'GET', `/v1/exports/firm/${firm}`);
    expect(foreign.status).toBe(404);
  });

  it('erases both everywhere: nothing of what was planted is found, in no table, stream, index, dead letter or log', async () => {
    await found(1);
    const record = await erased('expert', expert, as.expert);
    expect(record.steps.map((step) => step.owner)).toEqual([
      'experts',
      'matching',
      'cooperation',
      'notifications',
      'access',
    ]);
    await erased('firm', firm, as.firm);
    await found(0);
    for (const [who, path] of [
      ['admin', `/v1/companies/${firm}`],
      ['admin', `/v1/experts/${expert}`],
      [as.firm, `/v1/exports/firm/${firm}`],
    ] as const)
      expect([path, (await platform.ask(who, 'GET', path)).status]).toEqual([path, 404]);
  });

  it('does not come back when every event that was ever told is told again', async () => {
    for (const service of SERVICES) {
      await query(service, 'DELETE FROM inbox');
      // Under new ids: the streams would drop what they know.
      await query(
        service,
        `UPDATE outbox SET id = gen_random_uuid(), sent_at = NULL, stream_seq = NULL, claimed_until = NULL, claim_token = NULL,
        envelope = jsonb_set(envelope, '{id}', to_jsonb(gen_random_uuid()::text)) WHERE type <> 'audited.v1'`,
      );
    }
    await eventually(async () => {
      for (const service of SERVICES)
        expect([service, await query(service, 'SELECT 1 FROM outbox WHERE sent_at IS NULL')]).toEqual([service, []]);
      expect(await query('matching', 'SELECT 1 FROM subject WHERE dirty_at IS NOT NULL')).toEqual([]);
      expect(await query('matching', 'SELECT 1 FROM pending_erasure')).toEqual([]);
    });
    await found(0);
    expect((await platform.ask(as.expert, 'GET', `/v1/experts/${expert}`)).status).toBe(404);
    expect((await platform.ask(as.firm, 'POST', '/v1/webhooks', { url: HOOKS.firm })).status).toBeGreaterThanOrEqual(
      400,
    );
  });

  it('leaves in the audit log who did what, and no word of what anybody wrote', async () => {
    const { body } = await platform.ask<{ items: { operation: string; actor: string }[] }>(
      'admin',
      'GET',
      `/v1/audit?target=${expert}&limit=100`,
    );
    expect(body.items).toContainEqual(expect.objectContaining({ operation: 'access.erase', actor: as.expert }));
    expect(body.items).toContainEqual(expect.objectContaining({ operation: 'experts.create', actor: 'coordinator' }));
  });

  /** Expects the planted words everywhere they belong (`some` 1), or nowhere at all (0). */
  async function found(some: 0 | 1): Promise<void> {
    await eventually(async () => {
      const places = await planted();
      if (some === 0) expect(places).toEqual([]);
      else
        for (const place of [
          'companies.company',
          'experts.expert',
          'matching.subject',
          'cooperation.interest',
          'cooperation.help_request',
          'notifications.webhook',
          'matching.dead_letter',
          'index',
        ])
          expect(places.map(({ at }) => at)).toContain(place);
    });
  }

  /** Where any of the planted words stands. */
  async function planted(): Promise<{ at: string; word: string }[]> {
    const texts: { at: string; text: string }[] = [];
    for (const service of SERVICES)
      for (const table of await query<{ name: string }>(
        service,
        `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
      )) {
        const rows = await query<{ text: string }>(
          service,
          table.name === 'dead_letter'
            ? `SELECT error || convert_from(raw, 'UTF8') AS text FROM dead_letter`
            : `SELECT t::text AS text FROM ${table.name} t`,
        );
        texts.push({ at: `${service}.${table.name}`, text: rows.map((row) => row.text).join('\n') });
      }
    const { meiliMasterKey } = JSON.parse(await readFile(join(platform.dir, 'secrets.json'), 'utf8')) as {
      meiliMasterKey: string;
    };
    const meili = platform.run().engines.meilisearch;
    const get = async (path: string) =>
      (await fetch(meili + path, { headers: { authorization: `Bearer ${meiliMasterKey}` } })).text();
    const { results } = JSON.parse(await get('/indexes?limit=100')) as { results: { uid: string }[] };
    for (const { uid } of results) texts.push({ at: 'index', text: await get(`/indexes/${uid}/documents?limit=1000`) });
    texts.push({ at: 'index tasks', text: await get('/tasks?limit=1000') });
    for (const file of await filesOf(platform.dir, /jetstream|logs/))
      texts.push({ at: file, text: (await readFile(file)).toString('latin1') });
    texts.push({ at: 'output', text: platform.output() });
    return texts.flatMap(({ at, text }) => {
      const lower = text.toLowerCase();
      // The index knows everybody by id; tables keep the ids of the erased, so that they stay erased.
      const ids = at === 'index' ? [firm, expert] : [];
      return [...OF_FIRM, ...OF_EXPERT, ...ids].filter((word) => lower.includes(word)).map((word) => ({ at, word }));
    });
  }

  async function query<T>(service: string, sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: await databaseUrl(platform, service) });
    await client.connect();
    try {
      return (await client.query(sql)).rows as T[];
    } finally {
      await client.end();
    }
  }
});

async function filesOf(dir: string, within: RegExp): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => within.test(file.slice(dir.length)));
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '#libs/testing';
import { databaseUrl, type Platform, startPlatform, untilAnswered } from './platform.js';

const PUBLICATIONS = 500;
const CLIENTS = 4;
// Each is killed once, in this order, while the publications go on. Engines and services alike: none may be special.
const VICTIMS = [
  'companies',
  'matching',
  'nats',
  'notifications',
  'gateway',
  'postgres',
  'experts',
  'cooperation',
  'meilisearch',
  'matching',
  'companies',
];

const FIELDS = ['saldatura laser', 'visione artificiale', 'manutenzione predittiva', 'brevetti', 'tessuti tecnici'];

describe('Killing any one process during 500 publications', () => {
  let platform: Platform;
  const clients: Record<string, pg.Pool> = {};
  const sql = async <T extends pg.QueryResultRow>(service: string, text: string) =>
    (await clients[service]!.query<T>(text)).rows;
  const ids = async (service: string, text: string) =>
    (await sql<{ id: string }>(service, text)).map((row) => row.id).sort();

  beforeAll(async () => {
    platform = await startPlatform();
    for (const service of ['companies', 'matching', 'notifications']) {
      const pool = new pg.Pool({ connectionString: await databaseUrl(platform, service), max: 2 });
      // PostgreSQL is one of the victims: its end reaches idle connections as an error event.
      pool.on('error', () => {});
      clients[service] = pool;
    }
  }, 180_000);
  afterAll(async () => {
    await Promise.all(Object.values(clients).map((pool) => pool.end()));
    await platform?.stop();
  });

  it('loses nothing and doubles nothing', async () => {
    for (const [i, field] of FIELDS.entries()) {
      const expert = {
        name: `Esperto Inventato ${i}`,
        country: 'CH',
        languages: ['it'],
        competences: [field],
        text: `Esperienza di ${field}.`,
        capacity: 100,
      };
      expect((await platform.ask('coordinator', 'POST', '/v1/experts', expert)).status).toBe(201);
    }
    const { body: company } = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/companies', {
      name: 'Officina Inventata',
      country: 'IT',
    });
    await eventually(
      async () => {
        for (const text of FIELDS) {
          const { body } = await platform.ask<{ items: unknown[] }>('coordinator', 'POST', '/v1/matches', {
            text,
            seek: 'experts',
          });
          expect(body.items.length).toBeGreaterThan(0);
        }
      },
      { timeout: 60_000 },
    );

    let done = 0;
    const published: string[] = [];
    const publish = async (n: number) => {
      const need = {
        type: 'TR',
        title: `Fabbisogno ${n}`,
        summary: `Cerchiamo competenze di ${FIELDS[n % FIELDS.length]}`,
        lang: 'it',
      };
      const draft = await untilAnswered(
        platform,
        'coordinator',
        `/v1/companies/${company.id}/opportunities`,
        need,
        `draft-${n}`,
      );
      await untilAnswered(platform, 'coordinator', `/v1/opportunities/${draft.id}/publish`, {}, `publish-${n}`);
      published.push(draft.id);
      done++;
    };
    let next = 0;
    const working = Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (next < PUBLICATIONS) await publish(next++);
      }),
    );
    const killing = (async () => {
      for (const [i, victim] of VICTIMS.entries()) {
        const turn = ((i + 1) * PUBLICATIONS) / (VICTIMS.length + 1);
        await eventually(() => expect(done).toBeGreaterThanOrEqual(turn), { timeout: 240_000 });
        await platform.kill(victim);
      }
    })();
    await Promise.all([working, killing]);

    // What the books of every consumer must say: each event handled once, no dead letter.
    await eventually(
      async () => {
        const events = await ids('companies', "SELECT id FROM outbox WHERE type = 'opportunity-published.v1'");
        expect(events).toHaveLength(PUBLICATIONS);
        const handled = await ids('matching', 'SELECT event_id AS id FROM inbox');
        expect(events.filter((id) => !handled.includes(id))).toEqual([]);
        const made = await ids('matching', "SELECT id FROM outbox WHERE type = 'suggestion-made.v1'");
        const heard = await ids('notifications', 'SELECT event_id AS id FROM inbox');
        expect(made.filter((id) => !heard.includes(id))).toEqual([]);
        const suggested = await sql<{ n: number }>(
          'matching',
          "SELECT count(DISTINCT opportunity_id)::int AS n FROM suggestion WHERE subject_type = 'expert'",
        );
        expect(suggested[0]?.n).toBe(PUBLICATIONS);
      },
      { timeout: 120_000, every: 500 },
    );

    expect(await ids('companies', "SELECT id FROM opportunity WHERE state = 'published'")).toEqual(
      [...published].sort(),
    );
    for (const service of Object.keys(clients))
      expect(await sql(service, 'SELECT event_id, reason, error FROM dead_letter')).toEqual([]);
    const suggestions = await ids('matching', 'SELECT id FROM suggestion');
    expect(
      await ids(
        'matching',
        "SELECT envelope->'data'->>'suggestionId' AS id FROM outbox WHERE type = 'suggestion-made.v1'",
      ),
    ).toEqual(suggestions);
    expect(await ids('notifications', "SELECT suggestion_id AS id FROM notice WHERE kind = 'suggested'")).toEqual(
      suggestions,
    );
  }, 420_000);
});

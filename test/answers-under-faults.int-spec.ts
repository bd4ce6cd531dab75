import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '#libs/testing';
import { databaseUrl, type Platform, startPlatform, untilAnswered } from './platform.js';

const NEEDS = 20;
const EXPERTS = 10;
const INTERESTS = NEEDS * EXPERTS;
const CLIENTS = 4;
const VICTIMS = [
  'cooperation',
  'nats',
  'notifications',
  'cooperation',
  'postgres',
  'gateway',
  'companies',
  'cooperation',
];

describe('Killing any one process while two hundred are asked and answer', () => {
  let platform: Platform;
  const clients: Record<string, pg.Pool> = {};
  const ids = async (service: string, text: string) =>
    (await clients[service]!.query<{ id: string }>(text)).rows.map((row) => row.id).sort();

  beforeAll(async () => {
    platform = await startPlatform(['--no-sample']);
    for (const service of ['cooperation', 'notifications', 'matching']) {
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

  it('each is asked once and answers once, both sides are told, and the ledger fits', async () => {
    const made = (as: string, path: string, body: object, key: string) =>
      untilAnswered(platform, as, path, body, key).then(({ id }) => id);
    const firm = await made('coordinator', '/v1/companies', { name: 'Officina Inventata', country: 'IT' }, 'firm');
    const asFirm = `firm:${firm}`;
    const experts = await Promise.all(
      Array.from({ length: EXPERTS }, (_, n) => {
        const expert = { name: `Esperto Inventato ${n}`, country: 'CH', text: `Consulenza numero ${n}.` };
        return made('coordinator', '/v1/experts', expert, `expert-${n}`);
      }),
    );
    const needs: string[] = [];
    for (let n = 0; n < NEEDS; n++) {
      const offer = { type: 'BO', title: `Offerta ${n}`, summary: `Macchina inventata numero ${n}`, lang: 'it' };
      const id = await made(asFirm, `/v1/companies/${firm}/opportunities`, offer, `draft-${n}`);
      await untilAnswered(platform, asFirm, `/v1/opportunities/${id}/publish`, {}, `publish-${n}`);
      needs.push(id);
    }

    let done = 0;
    const answered: Record<'accepted' | 'declined', string[]> = { accepted: [], declined: [] };
    const talk = async (n: number) => {
      const expert = `expert:${experts[n % EXPERTS]}`;
      const need = needs[Math.floor(n / EXPERTS)];
      const id = await made(expert, `/v1/opportunities/${need}/interest`, { note: `Nota ${n}` }, `ask-${n}`);
      if (n % 3 > 0) {
        await untilAnswered(platform, asFirm, `/v1/interests/${id}/accept`, {}, `answer-${n}`);
        answered.accepted.push(id);
      } else {
        const no = { reasonCode: 'too-early' };
        await untilAnswered(platform, asFirm, `/v1/interests/${id}/decline`, no, `answer-${n}`);
        answered.declined.push(id);
      }
      done++;
    };
    let next = 0;
    const working = Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (next < INTERESTS) await talk(next++);
      }),
    );
    const killing = (async () => {
      for (const [i, victim] of VICTIMS.entries()) {
        const turn = ((i + 1) * INTERESTS) / (VICTIMS.length + 1);
        await eventually(() => expect(done).toBeGreaterThanOrEqual(turn), { timeout: 240_000 });
        await platform.kill(victim);
      }
    })();
    await Promise.all([working, killing]);

    const all = [...answered.accepted, ...answered.declined].sort();
    expect(new Set(all).size).toBe(INTERESTS);
    expect(await ids('cooperation', 'SELECT id FROM interest')).toEqual(all);
    expect(await ids('cooperation', `SELECT id FROM interest WHERE state = 'taken-over'`)).toEqual(
      answered.accepted.sort(),
    );
    const opened = `SELECT interest_id AS id FROM disclosure WHERE act = 'opened'`;
    expect(await ids('cooperation', opened)).toEqual(answered.accepted.flatMap((id) => [id, id]).sort());
    await eventually(
      async () => {
        for (const fact of ['interest-expressed', 'interest-answered']) {
          const events = await ids('cooperation', `SELECT id FROM outbox WHERE type = '${fact}.v1'`);
          expect(events).toHaveLength(INTERESTS);
          const heard = await ids('notifications', 'SELECT event_id AS id FROM inbox');
          expect(events.filter((id) => !heard.includes(id))).toEqual([]);
        }
        // One notice each: to the expert that they were answered, and to the firm that the contact is open.
        expect(
          await ids('notifications', `SELECT about_id AS id FROM notice WHERE kind = 'interest-answered'`),
        ).toEqual(all);
        expect(await ids('notifications', `SELECT about_id AS id FROM notice WHERE kind = 'contact-open'`)).toEqual(
          answered.accepted,
        );
      },
      { timeout: 120_000, every: 500 },
    );
    for (const service of Object.keys(clients))
      expect(await ids(service, 'SELECT event_id AS id FROM dead_letter')).toEqual([]);
  }, 420_000);
});

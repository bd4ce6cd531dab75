import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  type Actor,
  companyErased,
  expertErased,
  suggestionDismissed,
  suggestionMade,
  suggestionWithdrawn,
} from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { dataSourceOptions } from '../data-source.js';
import { SuggestionHandler } from './suggestion.handler.js';

const asExpert = (id: string): Actor => ({ kind: 'expert', id });
const asFirm = (id: string): Actor => ({ kind: 'firm', id });

describe('An inbox', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let service: Running;

  const has = (actor: Actor, count: number) =>
    eventually(async () => {
      const page = await service.inbox(actor);
      expect(page.items).toHaveLength(count);
      return page;
    });
  const handledSoFar = () => eventually(() => service.settled());

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    service = await running(database.url, nats.url);
  });

  afterAll(async () => {
    await service?.stop();
    await nats?.stop();
    await database?.drop();
  });

  it('closes unread notices when their suggestion falls, and opens them when it stands again', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    const need = neighbours.need(firm);
    const [one, two] = [
      await neighbours.made(need, neighbours.expert()),
      await neighbours.made(need, neighbours.expert()),
    ];
    await has(asExpert(two.subjectId), 1);
    const states = async () => {
      const actors = [asExpert(one.subjectId), asExpert(two.subjectId), asFirm(firm)];
      return Promise.all(actors.map(async (actor) => (await service.inbox(actor)).items[0]!.state));
    };
    const reason = 'subject-gone' as const;
    await neighbours.publish(suggestionWithdrawn, one.suggestionId, { ...one, revision: 2, reason });
    await eventually(async () => expect(await states()).toEqual(['done', 'unread', 'unread']));
    await neighbours.publish(suggestionDismissed, two.suggestionId, { ...two, revision: 2, by: 'owner' });
    await eventually(async () => expect(await states()).toEqual(['done', 'done', 'done']));
    await neighbours.publish(suggestionMade, one.suggestionId, { ...one, revision: 3 });
    await eventually(async () => expect(await states()).toEqual(['unread', 'done', 'unread']));
  });

  it("closes the owner's notice when the last two suggestions fall at the same moment", async () => {
    const { neighbours, app } = service;
    const firm = neighbours.firm();
    const need = neighbours.need(firm);
    const [one, two] = [
      await neighbours.made(need, neighbours.expert()),
      await neighbours.made(need, neighbours.expert()),
    ];
    await handledSoFar();
    const handler = app.get(SuggestionHandler);
    const dataSource = app.get(DataSource);
    const slow = dataSource.createQueryRunner();
    await slow.startTransaction();
    await handler.withdrawn([{ ...one, revision: 2 }], { manager: slow.manager, envelopes: [] });
    let ended = false;
    const quick = dataSource
      .transaction((manager) => handler.withdrawn([{ ...two, revision: 2 }], { manager, envelopes: [] }))
      .finally(() => {
        ended = true;
      });
    await eventually(async () => {
      const waiting = await service.query(`SELECT 1 FROM pg_locks WHERE NOT granted`);
      expect(ended || waiting.length > 0).toBe(true);
    });
    await slow.commitTransaction();
    await slow.release();
    await quick;
    expect((await service.inbox(asFirm(firm))).items[0]!.state).toBe('done');
  });

  it('tells nothing of a suggestion whose withdrawal came first', async () => {
    const { neighbours } = service;
    const made = neighbours.suggest(neighbours.need(neighbours.firm()), neighbours.expert());
    const withdrawn = { ...made, revision: 2, reason: 'opportunity-closed' as const };
    await neighbours.publish(suggestionWithdrawn, made.suggestionId, withdrawn);
    await neighbours.publish(suggestionMade, made.suggestionId, made);
    await handledSoFar();
    expect((await service.inbox(asExpert(made.subjectId))).items).toEqual([]);
  });

  it('forgets the erased for good: no late event fills their inbox again', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    const expert = neighbours.expert();
    const need = neighbours.need(firm);
    await neighbours.made(need, expert);
    await has(asExpert(expert), 1);
    await neighbours.publish(expertErased, expert, { expertId: expert, revision: 2 });
    await neighbours.publish(companyErased, firm, { companyId: firm, revision: 2 });
    await has(asExpert(expert), 0);
    await has(asFirm(firm), 0);
    await neighbours.made(need, expert);
    await handledSoFar();
    const left = `SELECT 1 FROM notice WHERE recipient_id = ANY($1) UNION ALL SELECT 1 FROM delivery WHERE recipient_id = ANY($1)`;
    expect(await service.query(left, [[expert, firm]])).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Actor, inboxHintSubject, suggestionMade } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { dataSourceOptions } from '../data-source.js';
import { type News, tell } from './tell.js';

const asExpert = (id: string): Actor => ({ kind: 'expert', id });
const asFirm = (id: string): Actor => ({ kind: 'firm', id });

describe('The inbox', () => {
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

  it('tells the expert who needs what, why they were chosen and what to do, in their language', async () => {
    const { neighbours } = service;
    const need = neighbours.need(neighbours.firm());
    const expert = neighbours.expert();
    const { suggestionId } = await neighbours.made(need, expert);
    const { items, unread } = await has(asExpert(expert), 1);
    expect(unread).toBe(1);
    expect(items[0]).toMatchObject({
      kind: 'suggested',
      state: 'unread',
      title: 'Tessitura Inventata Srl (Italia) cerca: Controllo dei difetti su tessuti tecnici',
      refs: { opportunityId: need, suggestionId },
    });
    expect(items[0]!.text).toContain('visione artificiale');
    expect(items[0]!.text).toContain('Che cosa fare ora');
    expect(items[0]!.reasons).toHaveLength(1);
    const german = await service.inbox(asExpert(expert), {}, 'de');
    expect(german.items[0]!.title).toContain('sucht: Controllo');
    expect(german.items[0]!.text).toContain('maschinelles Sehen');
  });

  it('tells nobody twice, neither for the same event nor for the same suggestion', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    const made = neighbours.suggest(neighbours.need(firm), neighbours.expert());
    const eventId = uuidv7();
    await neighbours.publish(suggestionMade, made.suggestionId, made, eventId);
    await neighbours.publish(suggestionMade, made.suggestionId, made, eventId);
    await neighbours.publish(suggestionMade, made.suggestionId, made);
    await neighbours.publish(suggestionMade, made.suggestionId, { ...made, revision: 2 });
    await handledSoFar();
    await has(asExpert(made.subjectId), 1);
    await has(asFirm(firm), 1);
  });

  it('tells the owner once per need how many were found, and counts at the moment of reading', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    const need = neighbours.need(firm, 'Sensori');
    await neighbours.made(need, neighbours.expert());
    await handledSoFar();
    expect((await has(asFirm(firm), 1)).items[0]!.title).toBe('1 suggerimento per «Sensori»');
    await neighbours.made(need, neighbours.firm(), 'company');
    await handledSoFar();
    const { items } = await has(asFirm(firm), 1);
    expect(items[0]).toMatchObject({ kind: 'suggestions-ready', title: '2 suggerimenti per «Sensori»', revision: 1 });
  });

  it('gives pages newest first, and what came after a notice oldest first', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    const expert = neighbours.expert();
    for (const title of ['uno', 'due', 'tre', 'quattro']) {
      await neighbours.made(neighbours.need(firm, title), expert);
      await handledSoFar();
    }
    const titles = (page: { items: { title: string }[] }) => page.items.map(({ title }) => title.split(': ')[1]);
    const first = await service.inbox(asExpert(expert), { limit: 3 });
    expect(titles(first)).toEqual(['quattro', 'tre', 'due']);
    const second = await service.inbox(asExpert(expert), { limit: 3, cursor: first.nextCursor! });
    expect(titles(second)).toEqual(['uno']);
    expect(second.nextCursor).toBeNull();
    const since = { after: second.items[0]!.id, limit: 2 };
    const missed = await service.inbox(asExpert(expert), since);
    expect(titles(missed)).toEqual(['due', 'tre']);
    expect(titles(await service.inbox(asExpert(expert), { ...since, cursor: missed.nextCursor! }))).toEqual([
      'quattro',
    ]);
  });

  it('never shows a later notice before an earlier one, whichever transaction ends first', async () => {
    const recipient = { kind: 'expert', id: uuidv7() } as const;
    const news = (): News => {
      const suggestionId = uuidv7();
      return { recipient, kind: 'suggested', aboutId: suggestionId, opportunityId: uuidv7(), suggestionId };
    };
    const dataSource = service.app.get(DataSource);
    const slow = dataSource.createQueryRunner();
    await slow.startTransaction();
    await tell(slow.manager, [news()], [], new Date());
    const quick = dataSource.transaction((manager) => tell(manager, [news()], [], new Date()));
    await eventually(async () => {
      const waiting = await service.query(`SELECT 1 FROM pg_locks WHERE NOT granted`);
      const visible = await service.query(`SELECT 1 FROM notice WHERE recipient_id = $1`, [recipient.id]);
      expect([waiting.length > 0, visible.length]).toEqual([true, 0]);
    });
    await slow.commitTransaction();
    await slow.release();
    await quick;
    const { items } = await service.inbox(asExpert(recipient.id));
    expect(items).toHaveLength(2);
    expect((await service.inbox(asExpert(recipient.id), { after: items[1]!.id })).items).toHaveLength(1);
  });

  it('lets its owner read and close a notice, at the revision they saw', async () => {
    const { neighbours } = service;
    const expert = neighbours.expert();
    await neighbours.made(neighbours.need(neighbours.firm()), expert);
    const { items } = await has(asExpert(expert), 1);
    const { id } = items[0]!;
    const read = await service.update(asExpert(expert), { id, revision: 1, state: 'read' });
    expect(read).toMatchObject({ id, revision: 2, state: 'read' });
    expect((await service.inbox(asExpert(expert))).unread).toBe(0);
    expect((await service.inbox(asExpert(expert), { state: 'unread' })).items).toEqual([]);
    await expect(service.update(asExpert(expert), { id, revision: 1, state: 'done' })).rejects.toMatchObject({
      code: 'revision-mismatch',
    });
  });

  it("hides another's notice as if it did not exist", async () => {
    const { neighbours } = service;
    const expert = neighbours.expert();
    await neighbours.made(neighbours.need(neighbours.firm()), expert);
    const { id } = (await has(asExpert(expert), 1)).items[0]!;
    const gone = { code: 'not-found' };
    const others: Actor[] = [
      asExpert(neighbours.expert()),
      asFirm(expert),
      { kind: 'admin' },
      { kind: 'coordinator', territories: ['*'] },
    ];
    for (const other of others) {
      await expect(service.update(other, { id, revision: 1, state: 'done' })).rejects.toMatchObject(gone);
    }
    await expect(service.inbox(others[0]!, { after: id })).rejects.toMatchObject(gone);
    expect(await service.inbox({ kind: 'coordinator', territories: ['*'] })).toEqual({
      items: [],
      nextCursor: null,
      unread: 0,
    });
    expect((await service.inbox(asExpert(expert))).items[0]).toMatchObject({ state: 'unread', revision: 1 });
  });

  it('hints open streams at a notice that they can read at that moment', async () => {
    const { neighbours } = service;
    const expert = neighbours.expert();
    const hints = service.nc.subscribe(inboxHintSubject({ kind: 'expert', id: expert }), { max: 1 });
    await neighbours.made(neighbours.need(neighbours.firm()), expert);
    for await (const hint of hints) {
      const { items } = await service.inbox(asExpert(expert));
      expect(hint.json()).toEqual({ id: items[0]!.id });
    }
  });

  it('says so when an opportunity is no longer there, and answers plainly while other services are away', async () => {
    const { neighbours } = service;
    const expert = neighbours.expert();
    const need = neighbours.need(neighbours.firm());
    await neighbours.made(need, expert);
    await has(asExpert(expert), 1);
    const seen = async () => (await service.inbox(asExpert(expert), {}, 'en')).items[0]!;
    await neighbours.leave('matching');
    expect(await seen()).toMatchObject({ title: expect.stringContaining('is looking for: Controllo'), reasons: [] });
    await neighbours.leave('companies');
    expect((await seen()).text).toContain('cannot be shown at the moment');
    neighbours.join('matching');
    neighbours.join('companies');
    neighbours.cards.delete(need);
    expect((await seen()).text).toContain('no longer published');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  companyErased,
  expertErased,
  exportRpc,
  helpRpc,
  type Problem,
  type RpcContract,
} from '#libs/contracts';
import { RpcClient, Sweeper, serviceContext } from '#libs/service';
import { eventually } from '#libs/testing';
import { type Running, running } from '../../test/running.js';

type Help = typeof helpRpc;
type Party = Actor & { kind: 'firm' | 'expert'; id: string };

const coordinator = (...territories: string[]): Actor => ({ kind: 'coordinator', territories });
const anywhere = coordinator('*');
const facilitator: Actor = { kind: 'facilitator', cluster: 'lecco', territories: ['ITC43'] };

describe('Questions to coordinators', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  const help = <T extends keyof Help>(
    actor: Actor,
    what: T,
    request: z.input<Help[T]['request']>,
    idempotencyKey?: string,
  ): Promise<z.output<Help[T]['response']>> => {
    const ctx = { actor, lang: 'it' as const, requestId: 'test', ...(idempotencyKey && { idempotencyKey }) };
    return service.provided(RpcClient).call(helpRpc[what] as RpcContract, request, ctx) as never;
  };
  const refused = (...asked: Parameters<typeof help>) =>
    help(...asked).then(
      () => 'done',
      (error: Problem) => error.code,
    );
  /** A firm of Lecco with a need, and an expert of Ticino who was suggested for it. */
  const suggested = () => {
    const { neighbours } = service;
    const firm: Party = { kind: 'firm', id: neighbours.firm({ territory: 'ITC43' }) };
    const expert: Party = { kind: 'expert', id: neighbours.expert({ country: 'CH', territory: 'CH070' }) };
    const opportunityId = neighbours.need(firm.id, { anonymous: true });
    return { firm, expert, opportunityId, suggestionId: neighbours.suggest(opportunityId, expert.id) };
  };
  const idsFor = async (actor: Actor, query = {}) => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await help(actor, 'list', { ...query, limit: 1, ...(cursor && { cursor }) });
      ids.push(...items.map(({ id }) => id));
      if (!nextCursor) return ids;
      cursor = nextCursor;
    }
  };

  it('are read by who asked and by the coordinators of their territory, who see the asker; by nobody else', async () => {
    const { firm, expert, opportunityId, suggestionId } = suggested();
    const asked = await help(expert, 'ask', { suggestionId, text: '  Conviene? ' });
    expect(asked).toMatchObject({
      ...{ state: 'open', revision: 1, opportunityId, suggestionId, text: 'Conviene?', answer: null, answeredAt: null },
      asker: { type: 'expert', id: expert.id, country: 'CH', territory: 'CH070' },
    });
    // The owner of the need is unnamed to the asker, and stays so.
    expect(JSON.stringify(asked)).not.toContain(firm.id);
    const { id } = asked;
    for (const actor of [expert, coordinator('CH'), coordinator('CH070'), anywhere]) {
      expect(await help(actor, 'get', { id })).toEqual(asked);
      expect(await idsFor(actor)).toContain(id);
    }
    const stranger: Party = { kind: 'expert', id: service.neighbours.expert() };
    for (const actor of [firm, stranger, coordinator('ITC43'), coordinator(), facilitator]) {
      expect(await refused(actor, 'get', { id })).toBe('not-found');
      expect(await refused(actor, 'answer', { id, text: 'Sì' })).toBe('not-found');
      expect(await refused(actor, 'withdraw', { id })).toBe('not-found');
      expect(await idsFor(actor)).not.toContain(id);
    }
  });

  it('of firms are read by the facilitators of their territory too', async () => {
    const { firm, suggestionId } = suggested();
    const { id } = await help(firm, 'ask', { suggestionId, text: 'Lo conoscete?' });
    expect(await help(facilitator, 'get', { id })).toMatchObject({ asker: { type: 'company', id: firm.id } });
    expect(await idsFor(facilitator)).toContain(id);
    expect(await refused(coordinator('CH'), 'get', { id })).toBe('not-found');
    expect(await help(facilitator, 'answer', { id, text: 'Sì, bene.' })).toMatchObject({ state: 'answered' });
  });

  it('come oldest first, and by state and opportunity', async () => {
    const { neighbours } = service;
    const firm: Party = { kind: 'firm', id: neighbours.firm() };
    const needs = [neighbours.need(firm.id), neighbours.need(firm.id), neighbours.need(firm.id)];
    const ids: string[] = [];
    for (const opportunityId of needs) ids.push((await help(firm, 'ask', { opportunityId, text: 'E ora?' })).id);
    await help(firm, 'withdraw', { id: ids[1]! });
    expect(await idsFor(firm)).toEqual(ids);
    expect(await idsFor(firm, { state: 'open' })).toEqual([ids[0], ids[2]]);
    expect(await idsFor(anywhere, { opportunityId: needs[1] })).toEqual([ids[1]]);
  });

  it('are one at a time for each asker and opportunity', async () => {
    const { firm, expert, opportunityId, suggestionId } = suggested();
    const first = await help(firm, 'ask', { suggestionId, text: 'Uno?' }, 'key');
    expect((await help(firm, 'ask', { suggestionId, text: 'Uno?' }, 'key')).id).toBe(first.id);
    expect(await refused(firm, 'ask', { opportunityId, text: 'Due?' })).toBe('duplicate');
    // The other side has its own.
    expect(await refused(expert, 'ask', { suggestionId, text: 'Anch’io?' })).toBe('done');
    const together = await Promise.all(
      [1, 2, 3].map(async () => {
        await help(firm, 'withdraw', { id: first.id }).catch(() => {});
        return refused(firm, 'ask', { opportunityId, text: 'Tre?' });
      }),
    );
    expect(together.sort()).toEqual(['done', 'duplicate', 'duplicate']);
  });

  it('are asked by firms and experts, about what is theirs or public', async () => {
    const { firm, suggestionId, opportunityId } = suggested();
    const other: Party = { kind: 'firm', id: service.neighbours.firm() };
    expect(await refused(other, 'ask', { suggestionId, text: 'E noi?' })).toBe('not-found');
    expect(await refused(other, 'ask', { suggestionId: uuidv7(), text: 'E noi?' })).toBe('not-found');
    expect(await refused(other, 'ask', { opportunityId: uuidv7(), text: 'E noi?' })).toBe('not-found');
    expect(await refused(anywhere, 'ask', { opportunityId, text: 'E io?' })).toBe('forbidden');
    expect(await refused(other, 'ask', { opportunityId, text: ' ' })).toBe('invalid-body');
    expect(await refused(other, 'ask', { opportunityId, suggestionId, text: 'Quale?' })).toBe('invalid-body');
    service.neighbours.needs.get(opportunityId)!.state = 'on-hold';
    expect(await refused(other, 'ask', { opportunityId, text: 'E noi?' })).toBe('not-found');
    expect(await refused(firm, 'ask', { opportunityId, text: 'Perché è ferma?' })).toBe('done');
  });

  it('are answered once, and told without a word of it', async () => {
    const { expert, opportunityId, suggestionId } = suggested();
    const { id } = await help(expert, 'ask', { suggestionId, text: 'Conviene?' });
    expect(await refused(expert, 'answer', { id, text: 'Sì' })).toBe('forbidden');
    expect(await refused(anywhere, 'withdraw', { id })).toBe('forbidden');
    expect(await refused(anywhere, 'answer', { id, text: 'Sì', revision: 7 })).toBe('revision-mismatch');
    const answered = await help(anywhere, 'answer', { id, text: 'Sì, conviene.', revision: 1 });
    expect(answered).toMatchObject({ state: 'answered', answer: 'Sì, conviene.', revision: 2 });
    expect(answered.answeredAt).not.toBeNull();
    expect(await help(expert, 'get', { id })).toEqual(answered);
    expect(await refused(anywhere, 'answer', { id, text: 'Anzi no' })).toBe('wrong-state');
    expect(await refused(expert, 'withdraw', { id })).toBe('wrong-state');
    expect(await service.told(id)).toEqual([
      { type: 'help-answered.v1', data: { helpRequestId: id, opportunityId, suggestionId, revision: 2 } },
    ]);
    const { items } = await service
      .provided(RpcClient)
      .call(helpRpc.facts, { ids: [id] }, serviceContext('notifications'));
    expect(items).toMatchObject([{ id, answer: 'Sì, conviene.', asker: { kind: 'expert', id: expert.id } }]);
    expect(await refused(anywhere, 'facts', { ids: [id] })).toBe('forbidden');
    // Answered, it stands in the way of no new one.
    expect(await refused(expert, 'ask', { suggestionId, text: 'E poi?' })).toBe('done');
  });

  it('are taken along by who asked, without the name of who stays unnamed', async () => {
    const { firm, expert, suggestionId } = suggested();
    const { id } = await help(expert, 'ask', { suggestionId, text: 'Domanda da esportare' });
    const exported = (party: Party) =>
      service.provided(RpcClient).call(exportRpc.cooperation, party, serviceContext('access'));
    const own = await exported(expert);
    expect(own.help_request).toMatchObject([{ id, text: 'Domanda da esportare' }]);
    expect(JSON.stringify(own)).not.toContain(firm.id);
    expect(await exported(firm)).not.toHaveProperty('help_request');
  });

  it('leave no word when who asked is erased, nor when who they speak of is', async () => {
    const { neighbours, query } = service;
    const { firm, expert, opportunityId, suggestionId } = suggested();
    const byExpert = await help(expert, 'ask', { suggestionId, text: 'Riservata dell’esperta' });
    await help(anywhere, 'answer', { id: byExpert.id, text: 'Risposta riservata' });
    const byFirm = await help(firm, 'ask', { suggestionId, text: 'Riservata dell’impresa' });
    const bystander: Party = { kind: 'expert', id: neighbours.expert() };
    const about = await help(bystander, 'ask', { opportunityId, text: 'Riservata sulla proposta' });

    neighbours.experts.delete(expert.id);
    await neighbours.publish(expertErased, expert.id, { expertId: expert.id, revision: 2 });
    await eventually(service.settled);
    expect(await help(anywhere, 'get', { id: byExpert.id })).toMatchObject({
      ...{ state: 'answered', text: null, answer: null },
      asker: { name: null },
    });
    expect(await help(firm, 'get', { id: byFirm.id })).toMatchObject({ state: 'withdrawn', text: null });
    expect(await help(bystander, 'get', { id: about.id })).toMatchObject({ state: 'open', text: about.text });

    await neighbours.publish(companyErased, firm.id, { companyId: firm.id, revision: 2 });
    await eventually(service.settled);
    expect(await help(bystander, 'get', { id: about.id })).toMatchObject({ state: 'withdrawn', text: null });
    for (const table of ['help_request', 'outbox', 'idempotency'])
      expect([table, await query(`SELECT 1 FROM ${table} AS t WHERE t::text ILIKE '%riservat%'`)]).toEqual([table, []]);
    expect(await refused(firm, 'ask', { opportunityId, text: 'Ancora qui' })).toBe('not-found');
    expect(await refused(bystander, 'ask', { opportunityId, text: 'E ora?' })).toBe('not-found');
  });

  it('lose their words two years after the answer, and not while they wait for it', async () => {
    const { expert, suggestionId, firm } = suggested();
    const { id } = await help(expert, 'ask', { suggestionId, text: 'Conviene?' });
    const waiting = await help(firm, 'ask', { suggestionId, text: 'E noi?' });
    await help(anywhere, 'answer', { id, text: 'Sì' });
    const sweeper = service.provided(Sweeper);
    await sweeper.sweep();
    expect(await help(expert, 'get', { id })).toMatchObject({ text: 'Conviene?', answer: 'Sì' });
    service.clock.advance(2 * 366 * 86_400_000);
    await sweeper.sweep();
    expect(await help(expert, 'get', { id })).toMatchObject({ state: 'answered', text: null, answer: null });
    expect(await help(firm, 'get', { id: waiting.id })).toMatchObject({ state: 'open', text: 'E noi?' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyErased, expertErased, opportunityClosed } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { asking, type Running, running } from '../../test/running.js';

const coordinator = { kind: 'coordinator', territories: ['*'] } as const;

describe('What others end', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  const close = async (opportunityId: string, state: 'archived' | 'published' = 'archived') => {
    service.neighbours.needs.get(opportunityId)!.state = state;
    const data = { opportunityId, revision: 2, reason: 'archived' as const };
    await service.neighbours.publish(opportunityClosed, opportunityId, data);
    await eventually(service.settled);
  };

  it('questions about a closed opportunity are withdrawn by the platform, talks under way go on', async () => {
    const { neighbours, ask, facts, told } = service;
    const owner = neighbours.firm();
    const need = neighbours.need(owner);
    const waiting = await asking(service, { firm: owner, need });
    const talks = await asking(service, { firm: owner, need });
    await ask(talks.expert, 'accept', { id: talks.interest.id });
    await close(need);
    expect((await ask(waiting.expert, 'get', { id: waiting.interest.id })).state).toBe('withdrawn');
    expect((await facts(waiting.interest.id)).withdrawnBy).toBe('platform');
    expect((await told(waiting.interest.id)).at(-1)?.data).toMatchObject({ answer: 'withdrawn' });
    expect((await ask(coordinator, 'loads', { expertId: waiting.expert.id })).items[0]?.open).toBe(0);
    const open = await ask(talks.firm, 'get', { id: talks.interest.id });
    expect(open.state).toBe('taken-over');
    expect(open.counterpart.contact).toBeDefined();
  });

  it('news of an end that is over by now withdraws nothing', async () => {
    const { ask } = service;
    const { firm, need, interest } = await asking(service);
    await close(need, 'published');
    expect((await ask(firm, 'get', { id: interest.id })).state).toBe('submitted');
  });

  it('an interest that is expressed while its opportunity is being closed is not left over', async () => {
    const { neighbours, ask, settled, query } = service;
    const opportunityId = neighbours.need(neighbours.firm());
    const heard = async () => {
      const waiting = await query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      if (waiting.length === 0) await settled();
    };
    // It was public when it was read, and is closed before the interest is written.
    neighbours.onFacts = async () => {
      neighbours.onFacts = async () => {};
      neighbours.needs.get(opportunityId)!.state = 'archived';
      await neighbours.publish(opportunityClosed, opportunityId, { opportunityId, revision: 2, reason: 'archived' });
      await eventually(heard);
    };
    const expert = { kind: 'expert', id: neighbours.expert() } as const;
    const { id } = await ask(expert, 'express', { opportunityId });
    await eventually(settled);
    expect((await ask(expert, 'get', { id })).state).toBe('withdrawn');
  });

  it('of an erased expert nothing is left that was written, and the ledger keeps ids only', async () => {
    const { neighbours, ask, refused, query } = service;
    const expertId = neighbours.expert();
    const talks = await asking(service, { expert: expertId, note: 'Appunto riservato' });
    await ask(
      talks.expert,
      'accept',
      { id: talks.interest.id, note: 'Risposta riservata' },
      { idempotencyKey: 'once' },
    );
    const waiting = await asking(service, { expert: expertId, note: 'Altro appunto riservato' });
    const declined = await asking(service, { expert: expertId });
    await ask(declined.expert, 'decline', { id: declined.interest.id, reasonCode: 'other', note: 'Nota riservata' });

    const agreed = await asking(service, { expert: expertId });
    await ask(agreed.expert, 'accept', { id: agreed.interest.id });
    await ask(coordinator, 'update', { id: agreed.interest.id, revision: 2, state: 'agreement-reached' });

    neighbours.experts.delete(expertId);
    await neighbours.publish(expertErased, expertId, { expertId, revision: 2 });
    await eventually(service.settled);
    for (const { firm, interest } of [talks, waiting]) {
      const after = await ask(firm, 'get', { id: interest.id });
      expect(after).toMatchObject({ state: 'withdrawn', note: null, answerNote: null, counterpart: { name: null } });
      expect(after.counterpart).not.toHaveProperty('contact');
    }
    expect(await ask(declined.firm, 'get', { id: declined.interest.id })).toMatchObject({
      ...{ state: 'not-pertinent', answerNote: null },
    });
    for (const table of ['interest', 'disclosure', 'outbox', 'idempotency', 'load']) {
      const found = await query(`SELECT 1 FROM ${table} AS t WHERE t::text ILIKE '%riservat%'`);
      expect([table, found]).toEqual([table, []]);
    }
    // How it ended stays for the figures; that the contacts are closed stands in the ledger.
    expect((await ask(agreed.firm, 'get', { id: agreed.interest.id })).state).toBe('agreement-reached');
    const lines = await ask(agreed.firm, 'disclosures', { id: agreed.interest.id });
    expect(lines.items.filter(({ act }) => act === 'closed')).toHaveLength(2);
    expect(await refused(coordinator, 'loads', { expertId })).toBe('not-found');
    const { items } = await ask(talks.firm, 'disclosures', { id: talks.interest.id });
    expect(items.map(({ act }) => act).sort()).toEqual(['closed', 'closed', 'opened', 'opened', 'seen']);
  });

  it('an erased firm cannot be asked any more, not even by a suggestion that was not withdrawn yet', async () => {
    const { neighbours, refused } = service;
    const owner = neighbours.firm();
    const suggestionId = neighbours.suggest(neighbours.need(owner), neighbours.expert());
    const subject = neighbours.suggestions.get(suggestionId)!.subject.id;
    await neighbours.publish(companyErased, owner, { companyId: owner, revision: 2 });
    await eventually(service.settled);
    expect(await refused({ kind: 'expert', id: subject }, 'express', { suggestionId })).toBe('not-found');
    expect(await refused({ kind: 'firm', id: owner }, 'express', { suggestionId })).toBe('not-found');
  });
});

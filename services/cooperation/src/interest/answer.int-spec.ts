import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { asking, type Running, running } from '../../test/running.js';

const coordinator = { kind: 'coordinator', territories: ['*'] } as const;

describe('Answering an interest', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  it('contacts are absent before the answer, and open to both and nobody else after a yes', async () => {
    const { neighbours, ask, refused } = service;
    const { firm, expert, interest } = await asking(service);
    const { id } = interest;
    for (const side of [firm, expert, coordinator])
      expect((await ask(side, 'get', { id })).counterpart).not.toHaveProperty('contact');

    const accepted = await ask(expert, 'accept', { id, revision: 1, note: 'Volentieri' });
    expect(accepted).toMatchObject({ state: 'taken-over', revision: 2, answerNote: 'Volentieri', next: null });
    expect(accepted.counterpart.contact).toEqual(neighbours.firms.get(firm.id)!.contact);
    const seen = await ask(firm, 'get', { id });
    const { name } = neighbours.experts.get(expert.id)!;
    expect(seen.counterpart.contact).toEqual({ name, email: `${expert.id}@example.com` });
    expect((await ask(coordinator, 'get', { id })).counterpart).not.toHaveProperty('contact');
    expect((await ask(firm, 'list', {})).items[0]?.counterpart).not.toHaveProperty('contact');
    expect(await refused({ kind: 'expert', id: neighbours.expert() }, 'get', { id })).toBe('not-found');
  });

  it('the ledger says when contacts opened, who saw them on which day, and when they closed', async () => {
    const { ask, clock } = service;
    const { firm, expert, interest } = await asking(service);
    const { id } = interest;
    await ask(expert, 'accept', { id });
    await ask(firm, 'get', { id });
    await ask(firm, 'get', { id });
    const lines = async () =>
      (await ask(firm, 'disclosures', { id })).items
        .map(({ act, of, to }) => `${act}: ${of.kind} to ${to.kind}`)
        .reverse();
    // Each side sees the other once on that day: the expert in the answer to the yes, the firm by looking twice.
    const first = ['opened: expert to firm', 'opened: firm to expert', 'seen: expert to firm', 'seen: firm to expert'];
    expect((await lines()).sort()).toEqual(first);
    clock.advance(86_400_000);
    try {
      await ask(firm, 'get', { id });
      expect((await lines()).at(-1)).toBe('seen: expert to firm');
      await ask(expert, 'withdraw', { id });
      expect((await lines()).slice(5).sort()).toEqual(['closed: expert to firm', 'closed: firm to expert']);
      await ask(firm, 'get', { id });
      expect(await lines()).toHaveLength(7);
    } finally {
      clock.advance(-86_400_000);
    }
    const { items } = await ask(coordinator, 'disclosures', { id });
    expect(items[0]).toMatchObject({ interestId: id, act: 'closed' });
    expect(items.map(({ of }) => of.id).sort()).toEqual(expect.arrayContaining([firm.id, expert.id]));
  });

  it('what stands in the ledger cannot be changed or deleted', async () => {
    const { ask, query } = service;
    const { expert, interest } = await asking(service);
    await ask(expert, 'accept', { id: interest.id });
    await expect(query('DELETE FROM disclosure')).rejects.toThrow('only added to');
    await expect(query(`UPDATE disclosure SET act = 'closed'`)).rejects.toThrow('only added to');
  });

  it('after a withdrawal neither side sees the contact of the other', async () => {
    const { ask } = service;
    const { firm, expert, interest } = await asking(service);
    await ask(expert, 'accept', { id: interest.id });
    expect((await ask(firm, 'get', { id: interest.id })).counterpart.contact).toBeDefined();
    expect(await ask(firm, 'withdraw', { id: interest.id })).toMatchObject({ state: 'withdrawn' });
    for (const side of [firm, expert])
      expect((await ask(side, 'get', { id: interest.id })).counterpart).not.toHaveProperty('contact');
    expect((await service.facts(interest.id)).withdrawnBy).toBe('asker');
  });

  it('an unnamed firm is named by the acceptance and not before', async () => {
    const { neighbours, ask, facts } = service;
    const { firm, expert, interest } = await asking(service, { anonymous: true });
    const { id } = interest;
    const teaser = { type: 'company', id: null, name: null, country: 'IT', territory: 'ITC4' };
    expect((await ask(expert, 'get', { id })).counterpart).toEqual(teaser);
    const [listed] = (await ask(expert, 'list', {})).items;
    expect(JSON.stringify(listed)).not.toContain(firm.id);
    expect(await facts(id)).toMatchObject({ ownerHidden: true, asker: firm, asked: expert });
    expect(interest.counterpart).toMatchObject({ id: expert.id });

    const { counterpart } = await ask(expert, 'accept', { id });
    const { name, contact } = neighbours.firms.get(firm.id)!;
    expect(counterpart).toEqual({ type: 'company', id: firm.id, name, country: 'IT', territory: 'ITC43', contact });
    expect((await facts(id)).ownerHidden).toBe(false);
  });

  it('an unnamed firm stays unnamed to whom it turns down', async () => {
    const { neighbours, ask } = service;
    const owner = neighbours.firm();
    const opportunityId = neighbours.need(owner, { anonymous: true });
    const expert = { kind: 'expert', id: neighbours.expert() } as const;
    const { id } = await ask(expert, 'express', { opportunityId });
    await ask({ kind: 'firm', id: owner }, 'decline', { id, reasonCode: 'too-early' });
    expect((await ask(expert, 'get', { id })).counterpart).toMatchObject({ id: null, name: null });
  });

  it('no event names a side, whatever happens', async () => {
    const { ask, told } = service;
    const { firm, expert, interest } = await asking(service, { anonymous: true, note: 'Riservato' });
    await ask(expert, 'accept', { id: interest.id });
    await ask(firm, 'withdraw', { id: interest.id });
    const events = await told(interest.id);
    expect(events.map(({ type }) => type)).toEqual([
      'interest-expressed.v1',
      'interest-answered.v1',
      'interest-answered.v1',
    ]);
    expect(events.map(({ data }) => data.answer)).toEqual([undefined, 'accepted', 'withdrawn']);
    for (const word of [firm.id, expert.id, 'Riservato']) expect(JSON.stringify(events)).not.toContain(word);
  });

  it('a no has a reason, and the owner is offered the next best with it', async () => {
    const { neighbours, ask, facts } = service;
    const { firm, expert, need, interest } = await asking(service);
    const second = neighbours.suggest(need, neighbours.expert(), { score: 0.7 });
    neighbours.suggest(need, neighbours.expert(), { score: 0.6 });
    const declined = await ask(expert, 'decline', { id: interest.id, reasonCode: 'not-my-field', note: 'Mi spiace' });
    expect(declined).toMatchObject({ state: 'not-pertinent', reasonCode: 'not-my-field', side: 'asked', next: null });
    expect(await ask(firm, 'get', { id: interest.id })).toMatchObject({
      ...{ reasonCode: 'not-my-field', answerNote: 'Mi spiace', next: { suggestionId: second } },
    });
    expect((await facts(interest.id)).nextSuggestionId).toBe(second);
    expect((await service.told(interest.id)).at(-1)?.data).toMatchObject({
      ...{ answer: 'declined', reasonCode: 'not-my-field' },
    });

    const again = await ask(firm, 'express', { suggestionId: second });
    expect(again.state).toBe('submitted');
    // It was taken: offering another beside the question that is open now would only spread the firm thin.
    expect((await ask(firm, 'get', { id: interest.id })).next).toBeNull();
  });

  it('nobody who was asked already is offered again, and without matching the interest is still there to read', async () => {
    const { neighbours, ask } = service;
    const { firm, expert, need, interest } = await asking(service);
    await ask(expert, 'decline', { id: interest.id, reasonCode: 'no-capacity' });
    expect((await ask(firm, 'get', { id: interest.id })).next).toBeNull();
    neighbours.suggest(need, neighbours.expert());
    await neighbours.leaveMatching();
    try {
      expect(await ask(firm, 'get', { id: interest.id })).toMatchObject({ state: 'not-pertinent', next: null });
    } finally {
      neighbours.joinMatching();
    }
    expect((await ask(firm, 'get', { id: interest.id })).next).not.toBeNull();
  });

  it('only the one asked answers, once, on the state they saw', async () => {
    const { ask, refused } = service;
    const { firm, expert, interest } = await asking(service);
    const { id } = interest;
    expect(await refused(firm, 'accept', { id })).toBe('forbidden');
    expect(await refused(coordinator, 'accept', { id })).toBe('forbidden');
    expect(await refused(expert, 'accept', { id, revision: 7 })).toBe('revision-mismatch');
    const once = { idempotencyKey: uuidv7() };
    const [one, other] = await Promise.all([ask(expert, 'accept', { id }, once), ask(expert, 'accept', { id }, once)]);
    expect([one.revision, other.revision]).toEqual([2, 2]);
    expect(await refused(expert, 'decline', { id, reasonCode: 'other' })).toBe('wrong-state');
  });

  it('a yes and a withdrawal at the same moment leave one of them', async () => {
    const { ask, refused } = service;
    for (let n = 0; n < 5; n++) {
      const { firm, expert, interest } = await asking(service);
      const { id } = interest;
      const outcomes = await Promise.all([
        refused(expert, 'accept', { id, revision: 1 }),
        refused(firm, 'withdraw', { id, revision: 1 }),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      const { state } = await ask(firm, 'get', { id });
      expect(state).toBe(outcomes[0] === 'done' ? 'taken-over' : 'withdrawn');
    }
  });

  it('a coordinator leads the talks to their outcome, which is told', async () => {
    const { ask, refused, told } = service;
    const { firm, expert, interest } = await asking(service);
    const { id } = interest;
    await ask(expert, 'accept', { id });
    expect(await refused(firm, 'update', { id, revision: 2, state: 'negotiating' })).toBe('forbidden');
    expect(await refused(coordinator, 'update', { id, revision: 2, state: 'expired' })).toBe('wrong-state');
    expect(await refused(coordinator, 'update', { id, revision: 1, state: 'negotiating' })).toBe('revision-mismatch');
    const early = { id, revision: 2, state: 'negotiating', achievement: 'supplier' } as const;
    expect(await refused(coordinator, 'update', early)).toBe('invalid-body');
    const talks = await ask(coordinator, 'update', { id, revision: 2, state: 'negotiating' });
    expect(talks).toMatchObject({ state: 'negotiating', side: 'coordinator', counterpart: { id: expert.id } });
    const agreed = { id, revision: 3, state: 'agreement-reached', achievement: 'rd-cooperation' } as const;
    expect(await ask(coordinator, 'update', agreed)).toMatchObject({ achievement: 'rd-cooperation' });
    expect((await told(id)).at(-1)).toMatchObject({
      type: 'outcome-recorded.v1',
      data: { outcome: 'agreement-reached', achievement: 'rd-cooperation', revision: 4 },
    });
    // It stays an agreement when the contacts are closed again.
    expect(await ask(firm, 'withdraw', { id })).toMatchObject({ state: 'agreement-reached' });
    expect((await ask(expert, 'get', { id })).counterpart).not.toHaveProperty('contact');
  });

  it('a contact that is withdrawn while it is being looked up is not shown', async () => {
    const { neighbours, ask } = service;
    const { firm, expert, interest } = await asking(service);
    const { id } = interest;
    await ask(expert, 'accept', { id });
    neighbours.onRead = async () => {
      neighbours.onRead = async () => {};
      await ask(expert, 'withdraw', { id });
    };
    expect((await ask(firm, 'get', { id })).counterpart).not.toHaveProperty('contact');
  });

  it('a failing look-up of the contact shows nothing and writes nothing', async () => {
    const { neighbours, ask } = service;
    const { firm, expert, interest } = await asking(service);
    const { id } = interest;
    await ask(expert, 'accept', { id });
    neighbours.experts.delete(expert.id);
    expect((await ask(firm, 'get', { id })).counterpart).not.toHaveProperty('contact');
    const { items } = await ask(firm, 'disclosures', { id });
    expect(items.filter(({ act, to }) => act === 'seen' && to.id === firm.id)).toEqual([]);
  });
});

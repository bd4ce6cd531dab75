import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type Problem } from '#libs/contracts';
import { asking, type Running, running } from '../../test/running.js';

const DAY = 86_400_000;

describe('Expressing interest', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  it('the owner of a need asks an expert who was suggested, and the expert finds the request', async () => {
    const { neighbours, ask, told } = service;
    const { firm, expert, need, suggestionId, interest } = await asking(service, { note: 'Ci sentiamo?' });
    expect(interest).toMatchObject({
      ...{ state: 'submitted', side: 'asker', revision: 1, opportunityId: need, suggestionId, overdue: false },
      counterpart: { type: 'expert', id: expert.id, name: neighbours.experts.get(expert.id)!.name },
    });
    const { items } = await ask(expert, 'list', { side: 'asked' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      ...{ id: interest.id, side: 'asked', note: 'Ci sentiamo?' },
      counterpart: { type: 'company', id: firm.id, name: neighbours.firms.get(firm.id)!.name },
    });
    expect(await told(interest.id)).toEqual([
      {
        type: 'interest-expressed.v1',
        data: { interestId: interest.id, opportunityId: need, suggestionId, revision: 1, dueAt: interest.dueAt },
      },
    ]);
  });

  it('the one suggested may ask the owner as well', async () => {
    const { neighbours, ask } = service;
    const owner = neighbours.firm();
    const expert = neighbours.expert();
    const suggestionId = neighbours.suggest(neighbours.need(owner), expert);
    const interest = await ask({ kind: 'expert', id: expert }, 'express', { suggestionId });
    expect(interest).toMatchObject({ side: 'asker', counterpart: { type: 'company', id: owner } });
  });

  it('whoever is a firm or an expert may ask about a public opportunity, its owner not', async () => {
    const { neighbours, ask, refused } = service;
    const owner = neighbours.firm();
    const opportunityId = neighbours.need(owner);
    const interest = await ask({ kind: 'firm', id: neighbours.firm() }, 'express', { opportunityId });
    expect(interest).toMatchObject({ side: 'asker', suggestionId: null, counterpart: { id: owner } });
    expect(await refused({ kind: 'firm', id: owner }, 'express', { opportunityId })).toBe('conflict');
    expect(await refused({ kind: 'coordinator', territories: ['*'] }, 'express', { opportunityId })).toBe('forbidden');
    expect(await refused({ kind: 'expert', id: uuidv7() }, 'express', { opportunityId })).toBe('not-found');
  });

  it('who asks about an opportunity they were suggested for answers that suggestion; without matching they ask all the same', async () => {
    const { neighbours, ask } = service;
    const opportunityId = neighbours.need(neighbours.firm());
    const expert = { kind: 'expert', id: neighbours.expert() } as const;
    neighbours.suggest(opportunityId, expert.id, { state: 'withdrawn' });
    const suggestionId = neighbours.suggest(opportunityId, expert.id);
    expect((await ask(expert, 'express', { opportunityId })).suggestionId).toBe(suggestionId);
    await neighbours.leaveMatching();
    try {
      const other = { kind: 'expert', id: neighbours.expert() } as const;
      expect(await ask(other, 'express', { opportunityId })).toMatchObject({ state: 'submitted', suggestionId: null });
    } finally {
      neighbours.joinMatching();
    }
  });

  it('a partner firm is asked like an expert, and after its no another partner is the next best', async () => {
    const { neighbours, ask } = service;
    const owner = { kind: 'firm', id: neighbours.firm() } as const;
    const need = neighbours.need(owner.id);
    const partner = { kind: 'firm', id: neighbours.firm({ country: 'CH', territory: 'CH056' }) } as const;
    const suggestionId = neighbours.suggest(need, partner.id);
    neighbours.suggest(need, neighbours.expert(), { score: 0.9 });
    const next = neighbours.suggest(need, neighbours.firm(), { score: 0.4 });
    const interest = await ask(owner, 'express', { suggestionId });
    expect(interest.counterpart).toMatchObject({ type: 'company', id: partner.id, territory: 'CH056' });
    await ask(partner, 'decline', { id: interest.id, reasonCode: 'commercial-terms' });
    expect((await ask(owner, 'get', { id: interest.id })).next).toEqual({ suggestionId: next });
  });

  it('the answer is due by the holidays of the one asked', async () => {
    const { neighbours, clock } = service;
    const rehearsal = Date.parse('2027-03-15T09:00:00Z') - clock.now().getTime();
    clock.advance(rehearsal);
    try {
      const swiss = await asking(service);
      const lecco = await asking(service, { expert: neighbours.expert({ country: 'IT', territory: 'ITC43' }) });
      // Saint Joseph is celebrated in Ticino, Easter Monday (29 March) in both.
      expect(lecco.interest.dueAt).toBe('2027-03-30T21:59:59.999Z');
      expect(swiss.interest.dueAt).toBe('2027-03-31T21:59:59.999Z');
    } finally {
      clock.advance(-rehearsal);
    }
  });

  it('what is not public or not open is not asked about', async () => {
    const { neighbours, refused } = service;
    const owner = neighbours.firm();
    const someone = { kind: 'expert', id: neighbours.expert() } as const;
    const draft = neighbours.need(owner, { state: 'draft' });
    const closed = neighbours.need(owner, { openForInterest: false });
    expect(await refused(someone, 'express', { opportunityId: draft })).toBe('not-found');
    expect(await refused(someone, 'express', { opportunityId: closed })).toBe('wrong-state');
    expect(await refused(someone, 'express', { opportunityId: uuidv7() })).toBe('not-found');
  });

  it('a suggestion that is set aside or fell is not answered any more', async () => {
    const { neighbours, refused } = service;
    const owner = neighbours.firm();
    const firm = { kind: 'firm', id: owner } as const;
    const need = neighbours.need(owner);
    for (const state of ['dismissed', 'withdrawn'] as const) {
      const suggestionId = neighbours.suggest(need, neighbours.expert(), { state });
      expect(await refused(firm, 'express', { suggestionId })).toBe('wrong-state');
    }
    const held = neighbours.need(owner, { state: 'on-hold' });
    const suggestionId = neighbours.suggest(held, neighbours.expert());
    expect(await refused(firm, 'express', { suggestionId })).toBe('wrong-state');
  });

  it("others' suggestions and interests do not exist for strangers", async () => {
    const { neighbours, ask, refused } = service;
    const { interest, suggestionId } = await asking(service);
    for (const stranger of [
      { kind: 'firm', id: neighbours.firm() },
      { kind: 'expert', id: neighbours.expert() },
    ] as const) {
      expect(await refused(stranger, 'express', { suggestionId })).toBe('not-found');
      expect(await refused(stranger, 'get', { id: interest.id })).toBe('not-found');
      expect(await refused(stranger, 'accept', { id: interest.id })).toBe('not-found');
      expect(await refused(stranger, 'decline', { id: interest.id, reasonCode: 'other' })).toBe('not-found');
      expect(await refused(stranger, 'withdraw', { id: interest.id })).toBe('not-found');
      expect(await refused(stranger, 'disclosures', { id: interest.id })).toBe('not-found');
      expect(await refused(stranger, 'update', { id: interest.id, revision: 1, state: 'pertinent' })).toBe('not-found');
      expect((await ask(stranger, 'list', {})).items).toEqual([]);
      expect(await refused(stranger, 'facts', { ids: [interest.id] })).toBe('forbidden');
    }
  });

  it('a second request between the same two is a duplicate, whoever makes it, until the first has ended', async () => {
    const { ask, refused } = service;
    const { firm, expert, suggestionId, need, interest } = await asking(service);
    expect(await refused(firm, 'express', { suggestionId })).toBe('duplicate');
    expect(await refused(expert, 'express', { suggestionId })).toBe('duplicate');
    expect(await refused(expert, 'express', { opportunityId: need })).toBe('duplicate');
    await ask(firm, 'withdraw', { id: interest.id });
    expect(await refused(expert, 'express', { opportunityId: need })).toBe('done');
  });

  it('the same request again gives the same interest', async () => {
    const { neighbours, ask } = service;
    const owner = neighbours.firm();
    const suggestionId = neighbours.suggest(neighbours.need(owner), neighbours.expert());
    const once = { idempotencyKey: uuidv7() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ask({ kind: 'firm', id: owner }, 'express', { suggestionId }, once)),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    // Also after the suggestion fell: what was answered once stays answered.
    neighbours.suggestions.get(suggestionId)!.state = 'withdrawn';
    expect((await ask({ kind: 'firm', id: owner }, 'express', { suggestionId }, once)).id).toBe(answers[0]!.id);
  });

  it('an expert who is away or not listed is not asked, and the firm reads why', async () => {
    const { neighbours, ask, clock } = service;
    const today = clock.now().toISOString().slice(0, 10);
    const until = new Date(clock.now().getTime() + 5 * DAY).toISOString().slice(0, 10);
    const owner = neighbours.firm();
    const need = neighbours.need(owner);
    const detailOf = (expert: string) =>
      ask({ kind: 'firm', id: owner }, 'express', { suggestionId: neighbours.suggest(need, expert) }).then(
        () => 'asked',
        ({ code, detail }: Problem) => `${code}: ${detail}`,
      );
    expect(await detailOf(neighbours.expert({ away: [{ from: today, to: until }] }))).toBe(
      `conflict: The expert is away until ${until}.`,
    );
    expect(await detailOf(neighbours.expert({ listed: false }))).toContain('conflict: The expert is not listed');
    expect(await detailOf(neighbours.expert({ capacity: 0 }))).toContain('conflict: The expert has as many');
  });

  it('twenty firms at once do not get past the cap of an expert', async () => {
    const { neighbours, ask } = service;
    const expert = neighbours.expert({ capacity: 3 });
    const firms = Array.from({ length: 20 }, () => neighbours.firm());
    const outcomes = await Promise.all(
      firms.map((firm) => {
        const suggestionId = neighbours.suggest(neighbours.need(firm), expert);
        return ask({ kind: 'firm', id: firm }, 'express', { suggestionId }).then(
          () => 'asked',
          (error: Problem) => error.code,
        );
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(17);
    const { items } = await ask({ kind: 'coordinator', territories: ['*'] }, 'loads', { expertId: expert });
    expect(items).toEqual([{ expertId: expert, open: 3, asked: 0, responseRate: null, medianHours: null }]);
  });

  it('lists page by page, newest first', async () => {
    const { neighbours, ask } = service;
    const expert = neighbours.expert({ capacity: 10 });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await asking(service, { expert })).interest.id);
    const as = { kind: 'expert', id: expert } as const;
    const first = await ask(as, 'list', { limit: 3 });
    const second = await ask(as, 'list', { limit: 3, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    expect((await ask(as, 'list', { side: 'asker' })).items).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Actor, expertSaved, matchingRpc, opportunityPublished } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { COORDINATOR, type Running, running } from '../../test/running.js';

const VISION = {
  title: 'Visione artificiale per il controllo dei tessuti',
  summary: 'Cerchiamo chi ci aiuti a trovare con telecamere i difetti su tessuti tecnici durante la tessitura.',
};

describe('Suggestions', () => {
  let service: Running;
  let firm: string;
  let partner: string;
  let expert: string;
  const as = (kind: 'firm' | 'expert', id: string) => ({ kind, id }) as const;
  const eventsAbout = async (opportunityId: string, type: string) =>
    (await service.published())
      .filter((event) => event.type === type && event.data.opportunityId === opportunityId)
      .map((event) => event.data);

  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    firm = await owners.company({
      sectors: [{ scheme: 'ATECO2025', code: '13.20.00', nace: '13.20' }],
      offers: [competence('technical-textiles')],
    });
    partner = await owners.company({
      country: 'CH',
      territory: 'CH070',
      offers: [competence('machine-vision')],
      text: 'Telecamere e visione artificiale per tessuti.',
    });
    expert = await owners.expert({
      competences: [competence('machine-vision', 'expert'), competence('technical-textiles')],
    });
    await owners.expert({ competences: [competence('patent-strategy')], text: 'Brevetti.' });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  let need: string;
  beforeEach(async () => {
    need = await service.owners.need(firm, VISION);
    await eventually(() => service.settled());
  });

  it('are stored and told of when a need is published, for experts and for partners, never for the owner', async () => {
    const experts = await service.suggestions({ opportunityId: need }, as('firm', firm), 'de');
    expect(experts.map((one) => one.subject)).toEqual([
      { type: 'expert', id: expert, country: 'IT', territory: 'ITC43' },
    ]);
    const [first] = experts;
    expect(first!.reasons.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(first!.score, 6);
    expect(first!.reasons.map((reason) => reason.text).join()).toContain('Bildverarbeitung');
    const partners = await service.suggestions({ opportunityId: need, seek: 'partners' }, as('firm', firm));
    expect(partners.map((one) => one.subject.id)).toEqual([partner]);
    const told = await eventually(async () => {
      const events = await eventsAbout(need, 'suggestion-made.v1');
      expect(events).toHaveLength(2);
      return events;
    });
    expect(told.map((data) => data.subjectId).sort()).toEqual([expert, partner].sort());
  });

  it('show the suggested side the need, and nobody else anything', async () => {
    const [seen] = (await service.suggestions({ expertId: expert }, as('expert', expert))).filter(
      (one) => one.opportunityId === need,
    );
    expect(seen!.subject).toEqual({ type: 'opportunity', id: need, country: 'IT', territory: 'ITC42' });
    const mine = await service.suggestions({ companyId: partner }, as('firm', partner));
    expect(mine.find((one) => one.opportunityId === need)!.subject.type).toBe('opportunity');
    await expect(service.suggestions({ opportunityId: need }, as('firm', partner))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(service.suggestions({ expertId: expert }, as('firm', firm))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(service.suggestions({ companyId: firm }, as('firm', partner))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('are given alone as they stand in the lists of each side, and to nobody else', async () => {
    const [listed] = await service.suggestions({ opportunityId: need }, as('firm', firm), 'de');
    const one = (actor: Actor) => service.call(matchingRpc.suggestion, { id: listed!.id }, actor, 'de');
    expect(await one(as('firm', firm))).toEqual(listed);
    expect(await one(COORDINATOR)).toEqual(listed);
    const mine = await service.suggestions({ expertId: expert }, as('expert', expert), 'de');
    expect(await one(as('expert', expert))).toEqual(mine.find(({ id }) => id === listed!.id));
    const nobody: Actor[] = [
      as('firm', partner),
      as('expert', partner),
      { kind: 'coordinator', territories: ['CH070'] },
      { kind: 'facilitator', cluster: 'x', territories: ['CH070'] },
    ];
    for (const actor of nobody) await expect(one(actor)).rejects.toMatchObject({ code: 'not-found' });
    await service.owners.close(need);
    await eventually(() => service.settled());
    await expect(one(as('firm', firm))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are given by id with reasons in the language asked for, for those who tell people', async () => {
    const [stored] = await service.suggestions({ opportunityId: need });
    const { items } = await service.call(
      matchingRpc.suggestionsById,
      { ids: [stored!.id, uuid()] },
      { kind: 'service', name: 'notifications' },
      'fr',
    );
    expect(items).toHaveLength(1);
    expect(items[0]!.subject.type).toBe('expert');
    expect(items[0]!.reasons.map((reason) => reason.text).join()).toContain('Compétence demandée');
  });

  it('that were dismissed stay dismissed when the need is published again', async () => {
    const [stored] = await service.suggestions({ opportunityId: need });
    const stranger = service.call(matchingRpc.dismiss, { id: stored!.id }, as('firm', partner));
    await expect(stranger).rejects.toMatchObject({ code: 'not-found' });
    const dismissed = await service.call(matchingRpc.dismiss, { id: stored!.id }, as('expert', expert));
    expect(dismissed).toMatchObject({ state: 'dismissed', subject: { type: 'opportunity', id: need } });
    await service.owners.need(firm, { ...VISION, title: 'Telecamere per i tessuti' }, need);
    await eventually(() => service.settled());
    expect(await service.suggestions({ opportunityId: need })).toMatchObject([{ id: stored!.id, state: 'dismissed' }]);
    await eventually(async () => {
      expect(await eventsAbout(need, 'suggestion-dismissed.v1')).toMatchObject([{ by: 'subject', subjectId: expert }]);
    });
  });

  it('are withdrawn when the need is closed, and stand again when it is published again', async () => {
    await service.owners.close(need);
    await eventually(() => service.settled());
    expect(await service.suggestions({ opportunityId: need })).toEqual([]);
    await eventually(async () => expect(await eventsAbout(need, 'suggestion-withdrawn.v1')).toHaveLength(2));
    await service.owners.need(firm, VISION, need);
    await eventually(async () => {
      expect(await service.suggestions({ opportunityId: need })).toMatchObject([{ state: 'open', revision: 3 }]);
    });
  });

  it('are not made for a need whose closing was heard before its publication', async () => {
    const id = uuid();
    const { revision } = service.owners.opportunities.get(need)!;
    await service.owners.close(need);
    await eventually(() => service.settled());
    const events = (await service.published()).length;
    await service.owners.publish(opportunityPublished, need, {
      opportunityId: need,
      companyId: firm,
      revision,
      type: 'TR',
    });
    await eventually(() => service.settled());
    expect(await service.suggestions({ opportunityId: need })).toEqual([]);
    expect(await service.suggestions({ opportunityId: need, seek: 'partners' })).toEqual([]);
    expect((await service.published()).length).toBeGreaterThanOrEqual(events);
    expect(id).toBeDefined();
  });

  it('leave out experts who are away, have no capacity or are not listed', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const competences = [competence('machine-vision', 'expert'), competence('technical-textiles', 'expert')];
    await service.owners.expert({ competences, away: [{ from: today, to: '2999-12-31' }] });
    await service.owners.expert({ competences, capacity: 0 });
    await service.owners.expert({ competences, listed: false });
    await eventually(() => service.settled());
    const fresh = await service.owners.need(firm, VISION);
    await eventually(() => service.settled());
    expect((await service.suggestions({ opportunityId: fresh })).map((one) => one.subject.id)).toEqual([expert]);
  });

  it('come to an expert who appears after the need was published, and go when the consent is withdrawn', async () => {
    const late = await service.owners.expert({
      competences: [competence('machine-vision', 'expert'), competence('fabric-inspection', 'expert')],
    });
    await eventually(async () => {
      expect((await service.suggestions({ opportunityId: need })).map((one) => one.subject.id)).toContain(late);
    });
    await service.owners.expert({ listed: false }, late);
    await eventually(async () => {
      expect((await service.suggestions({ opportunityId: need })).map((one) => one.subject.id)).not.toContain(late);
      expect(
        (await eventsAbout(need, 'suggestion-withdrawn.v1')).filter((event) => event.subjectId === late),
      ).toMatchObject([{ reason: 'subject-gone' }]);
    });
  });

  it('wait for the owner of the need to be there again', async () => {
    await service.owners.leave();
    const { revision, ...facts } = service.owners.opportunities.get(need)!;
    const id = uuid();
    service.owners.opportunities.set(id, { ...facts, id, revision: 1 });
    await service.owners.publish(opportunityPublished, id, {
      opportunityId: id,
      companyId: firm,
      revision: 1,
      type: 'TR',
    });
    await eventually(async () => expect((await service.call(matchingRpc.lag, {})).unmatched).toBe(1));
    service.owners.join();
    await eventually(async () => expect(await service.suggestions({ opportunityId: id })).toHaveLength(1));
    expect(revision).toBeGreaterThan(0);
  });

  it('need no more than the events: an expert who is told of twice is suggested once', async () => {
    const { revision } = service.owners.experts.get(expert)!;
    await service.owners.publish(expertSaved, expert, { expertId: expert, revision, listed: true });
    await eventually(() => service.settled());
    const events = await eventually(async () => {
      const told = (await eventsAbout(need, 'suggestion-made.v1')).filter((event) => event.subjectId === expert);
      expect(told).toHaveLength(1);
      return told;
    });
    expect(events[0]).toMatchObject({ companyId: firm, subjectType: 'expert' });
  });
});

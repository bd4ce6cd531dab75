import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import {
  type Actor,
  alertMatched,
  type InterestFacts,
  interestAnswered,
  interestDue,
  interestExpired,
  interestExpressed,
  type Notice,
  opportunityExpiring,
} from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { dataSourceOptions } from '../data-source.js';

const asExpert = (id: string): Actor => ({ kind: 'expert', id });
const asFirm = (id: string): Actor => ({ kind: 'firm', id });
const DUE = '2026-12-08T22:59:59.000Z';
const NAME = 'Segretissima Inventata Srl';

describe('Who is concerned by an interest', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let service: Running;

  const about = ({ id, opportunityId, revision }: InterestFacts) => ({ interestId: id, opportunityId, revision });
  const expressed = (facts: InterestFacts) =>
    service.neighbours.publish(interestExpressed, facts.id, { ...about(facts), dueAt: DUE });
  const due = (facts: InterestFacts, stage: 'half-time' | 'day-before') =>
    service.neighbours.publish(interestDue, facts.id, { ...about(facts), stage, dueAt: DUE });
  const answered = (
    facts: InterestFacts,
    answer: 'accepted' | 'declined' | 'withdrawn',
    change: Partial<InterestFacts> = {},
  ) => {
    const state = { accepted: 'taken-over', declined: 'not-pertinent', withdrawn: 'withdrawn' } as const;
    const now = { ...facts, state: state[answer], answeredAt: new Date().toISOString(), ...change };
    service.neighbours.interests.set(facts.id, now);
    return service.neighbours.publish(interestAnswered, facts.id, { ...about(now), answer });
  };
  const settled = () => eventually(() => service.settled());
  const told = async (actor: Actor, lang: 'it' | 'en' = 'en'): Promise<Notice[]> => {
    await settled();
    return (await service.inbox(actor, {}, lang)).items;
  };
  const kinds = async (actor: Actor) => (await told(actor)).map(({ kind, state }) => `${kind} ${state}`);
  /** A firm that asks an expert about a need. */
  const asking = (change: Partial<InterestFacts> = {}, anonymous = false) => {
    const { neighbours } = service;
    const firm = neighbours.firm('it', NAME);
    const expert = neighbours.expert();
    const need = neighbours.need(firm, 'Sensori', anonymous);
    return { firm, expert, need, facts: neighbours.interest(need, expert, { note: 'Possiamo\nparlarne?', ...change }) };
  };

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

  it('learns who asks, about what, and until when an answer is awaited', async () => {
    const { expert, firm, need, facts } = asking();
    await expressed(facts);
    const [notice] = await told(asExpert(expert));
    expect(notice).toMatchObject({
      kind: 'interest-received',
      title: `${NAME} (Italy) would like to talk about “Sensori”`,
      because: { code: 'asked', mutable: false },
      refs: { opportunityId: need, interestId: facts.id },
    });
    expect(notice!.text).toBe(
      'Message: “Possiamo parlarne?”\nWhat next: accept or decline by 8 December 2026. A no helps too: whoever is waiting can turn to others.',
    );
    expect(await told(asFirm(firm))).toEqual([]);
  });

  it('is reminded once at half time and once a day before, and of nothing once it is answered', async () => {
    const { expert, facts } = asking();
    await expressed(facts);
    for (const stage of ['half-time', 'half-time', 'day-before'] as const) await due(facts, stage);
    const titles = (await told(asExpert(expert))).map(({ title }) => title);
    expect(titles).toEqual([
      `Last day: ${NAME} (Italy) is waiting for an answer about “Sensori”`,
      `${NAME} (Italy) is still waiting for an answer about “Sensori”`,
      `${NAME} (Italy) would like to talk about “Sensori”`,
    ]);
    await answered(facts, 'accepted');
    expect(await kinds(asExpert(expert))).toEqual([
      'contact-open unread',
      'interest-reminder done',
      'interest-reminder done',
      'interest-received done',
    ]);
    await due(facts, 'day-before');
    expect(await told(asExpert(expert))).toHaveLength(4);
  });

  it('learns of a yes on both sides, and that the contact is open', async () => {
    const { expert, firm, facts } = asking();
    await answered(facts, 'accepted', { answerNote: 'Volentieri' });
    const [asker] = await told(asFirm(firm));
    expect(asker).toMatchObject({
      kind: 'interest-answered',
      title: 'Ada Inventata (Switzerland) has accepted: “Sensori”',
    });
    expect(asker!.text).toContain('Message: “Volentieri”');
    const [asked] = await told(asExpert(expert));
    expect(asked).toMatchObject({ kind: 'contact-open', title: `The contact is open: ${NAME} (Italy) – “Sensori”` });
  });

  it('learns of a no with its reason in words, and who can be asked next', async () => {
    const { expert, firm, facts } = asking();
    const nextSuggestionId = uuidv7();
    await answered(facts, 'declined', { reasonCode: 'no-capacity', nextSuggestionId });
    const [notice] = await told(asFirm(firm), 'it');
    expect(notice!.title).toBe('Ada Inventata (Svizzera) ha detto di no: «Sensori»');
    expect(notice!.text).toContain('Motivo: al momento non ha disponibilità.');
    expect(notice!.text).toContain('chiedere al prossimo suggerimento');
    expect(notice!.refs).toMatchObject({ interestId: facts.id, suggestionId: nextSuggestionId });
    expect(await told(asExpert(expert))).toEqual([]);
  });

  it('learns on both sides that the time is over', async () => {
    const { expert, firm, facts } = asking();
    await expressed(facts);
    await settled();
    service.neighbours.interests.set(facts.id, { ...facts, state: 'expired', nextSuggestionId: uuidv7() });
    await service.neighbours.publish(interestExpired, facts.id, about(facts));
    const [asker] = await told(asFirm(firm));
    expect(asker!.title).toBe('Ada Inventata (Switzerland) has not answered in time: “Sensori”');
    expect(asker!.text).toContain('ask the next suggestion');
    expect(await kinds(asExpert(expert))).toEqual(['interest-expired unread', 'interest-received done']);
  });

  it('learns that a contact was closed again, and nothing of what was taken back before an answer', async () => {
    const open = asking();
    await answered(open.facts, 'accepted');
    await settled();
    await answered(open.facts, 'withdrawn');
    expect(await kinds(asExpert(open.expert))).toEqual(['interest-withdrawn unread', 'contact-open done']);
    expect(await kinds(asFirm(open.firm))).toEqual(['interest-withdrawn unread', 'interest-answered unread']);
    const early = asking();
    await expressed(early.facts);
    await settled();
    await answered(early.facts, 'withdrawn', { answeredAt: null });
    expect(await kinds(asExpert(early.expert))).toEqual(['interest-received done']);
  });

  it('is not told the name of a firm that stays unnamed, before both have accepted', async () => {
    const { expert, firm, facts } = asking({}, true);
    await expressed(facts);
    const [before] = await told(asExpert(expert));
    expect(before!.title).toBe('An anonymous firm of the region (Italy) would like to talk about “Sensori”');
    expect(JSON.stringify(before)).not.toContain(NAME);
    expect(JSON.stringify(before)).not.toContain(firm);
    await answered(facts, 'accepted', { ownerHidden: false });
    expect((await told(asExpert(expert)))[0]!.title).toContain(NAME);
  });

  it('is told the name of a firm that asks about an unnamed one’s need, and not the other way round', async () => {
    const { neighbours } = service;
    const [owner, partner] = [neighbours.firm('it', NAME), neighbours.firm('it', 'Partner Inventato SA')];
    const need = neighbours.need(owner, 'Telai', true);
    const asker = { kind: 'firm', id: partner } as const;
    const asked = { kind: 'firm', id: owner } as const;
    const towards = neighbours.interest(need, owner, { asker, asked });
    await expressed(towards);
    expect((await told(asFirm(owner)))[0]!.title).toBe('Partner Inventato SA (Italy) would like to talk about “Telai”');
    const from = neighbours.interest(need, owner, { asker: asked, asked: asker });
    await expressed(from);
    expect((await told(asFirm(partner)))[0]!.title).toContain('An anonymous firm of the region');
  });

  it('is told of a suggestion for an unnamed firm’s need without its name, and that firm learns of it too', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm('it', NAME);
    const expert = neighbours.expert();
    await neighbours.made(neighbours.need(firm, 'Sensori', true), expert);
    const [notice] = await told(asExpert(expert));
    expect(notice!.title).toBe('An anonymous firm of the region (Italy) is looking for: Sensori');
    expect(JSON.stringify(notice)).not.toContain(NAME);
    expect((await told(asFirm(firm)))[0]).toMatchObject({ kind: 'suggestions-ready', because: { code: 'owner' } });
  });

  it('is told later, not never, while the cooperation cannot be asked', async () => {
    const { expert, facts } = asking();
    await service.neighbours.leave('cooperation');
    await expressed(facts);
    await eventually(() => expect(service.settled()).rejects.toThrow('COOPERATION'));
    service.neighbours.join('cooperation');
    expect(await told(asExpert(expert))).toHaveLength(1);
  });

  it('is told of each finding of a saved search, in the singular and the plural', async () => {
    const { neighbours } = service;
    const expert = neighbours.expert();
    const alert = neighbours.alert(expert);
    const found = (hits: number) =>
      neighbours.publish(alertMatched, alert.id, {
        alertId: alert.id,
        ownerKind: 'expert',
        ownerId: expert,
        revision: 1,
        subjectType: 'opportunity',
        subjectIds: [],
        hits,
      });
    await found(1);
    await settled();
    await found(3);
    expect((await told(asExpert(expert))).map(({ title, refs }) => [title, refs])).toEqual([
      ['3 new results for the search “Tessuti tecnici”', { alertId: alert.id }],
      ['1 new result for the search “Tessuti tecnici”', { alertId: alert.id }],
    ]);
    // Paused while the finding was on its way.
    neighbours.alerts.set(alert.id, { ...alert, paused: true });
    await found(5);
    expect(await told(asExpert(expert))).toHaveLength(2);
    neighbours.alerts.delete(alert.id);
    expect((await told(asExpert(expert)))[0]!.text).toContain('nothing to do');
  });

  it('is told once at each stage that an opportunity ends, named or not', async () => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    const need = neighbours.need(firm, 'Sensori', true);
    const expiresAt = '2026-12-24T11:00:00.000Z';
    neighbours.cards.get(need)!.expiresAt = expiresAt;
    for (const days of [30, 30, 7]) {
      await neighbours.publish(opportunityExpiring, need, { opportunityId: need, revision: 1, expiresAt, days });
    }
    const notices = await told(asFirm(firm));
    expect(notices.map(({ title }) => title)).toEqual(
      Array(2).fill('The opportunity “Sensori” ends soon (24 December 2026)'),
    );
    expect(notices[0]!.refs).toEqual({ opportunityId: need });
  });
});

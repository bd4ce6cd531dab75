import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Actor, alertsRpc, matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const NEED = {
  title: 'Visione artificiale per il controllo dei tessuti',
  summary: 'Cerchiamo chi ci aiuti a trovare con telecamere i difetti su tessuti tecnici durante la tessitura.',
  anonymous: true,
};
const VISION = [competence('machine-vision', 'expert'), competence('technical-textiles')];
/** What only the hidden firm seeks to sell: a reason that named it would give the firm away. */
const OWN = competence('patent-strategy');

describe('An anonymous need', () => {
  let service: Running;
  let firm: string;
  let need: string;
  let expert: string;
  let partner: string;
  let asExpert: Actor;
  let asPartner: Actor;
  let asFirm: Actor;
  const stranger: Actor = { kind: 'firm', id: uuid() };

  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    firm = await owners.company({ territory: 'ITC43', offers: [OWN, ...VISION], seeks: [OWN], text: NEED.summary });
    partner = await owners.company({ country: 'CH', territory: 'CH070', offers: VISION, seeks: [OWN] });
    expert = await owners.expert({ competences: VISION, territories: ['ITC43', 'IT'], territory: 'ITC41' });
    await owners.expert({ competences: [competence('welding')] });
    asExpert = { kind: 'expert', id: expert };
    asPartner = { kind: 'firm', id: partner };
    asFirm = { kind: 'firm', id: firm };
    await eventually(() => service.settled());
    need = await owners.need(firm, NEED);
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  /** Everything that somebody other than the owner is answered about the need. */
  async function answersToOthers(): Promise<unknown[]> {
    const text = NEED.summary;
    const subject = { type: 'opportunity' as const, id: need };
    const asked = [asExpert, asPartner, stranger].flatMap((actor) => [
      service.match({ text, seek: 'opportunities' }, actor),
      service.match({ opportunityId: need, seek: 'experts' }, actor),
      service.match({ opportunityId: need, seek: 'partners' }, actor),
      service.call(matchingRpc.explain, { text, seek: 'opportunities', subject }, actor),
    ]);
    return Promise.all([
      ...asked,
      service.match({ expertId: expert, seek: 'opportunities' }, asExpert),
      service.match({ companyId: partner, seek: 'opportunities' }, asPartner),
      service.suggestions({ expertId: expert }, asExpert),
      service.suggestions({ companyId: partner }, asPartner),
    ]);
  }
  const withoutOwnMatch = (answer: unknown): unknown => {
    // Beside the need the firm is a firm like any other, and may be found as one.
    const { items, ...rest } = answer as { items?: { subject: { id: string } }[] };
    return items ? { ...rest, items: items.filter(({ subject }) => subject.id !== firm) } : answer;
  };

  it('is suggested to experts and partners, who see its region and not whose it is', async () => {
    const [toExpert] = await service.suggestions({ expertId: expert }, asExpert);
    expect(toExpert).toMatchObject({
      ...{ opportunityId: need, companyId: null, anonymous: true },
      subject: { type: 'opportunity', id: need, country: 'IT', territory: 'ITC4' },
    });
    const [toPartner] = await service.suggestions({ companyId: partner }, asPartner);
    expect(toPartner).toMatchObject({ companyId: null, subject: { id: need, territory: 'ITC4' } });
    expect(toPartner!.reasons.map(({ code }) => code)).not.toContain('seeks-yours');
    for (const actor of [asFirm, { kind: 'coordinator', territories: ['*'] } as const])
      expect(await service.suggestions({ opportunityId: need }, actor)).toMatchObject([{ companyId: firm }]);
  });

  it('leaves its firm in no answer to others, no document of the index and no event', async () => {
    const answers = (await answersToOthers()).map(withoutOwnMatch);
    expect(JSON.stringify(answers)).toContain(need);
    expect(JSON.stringify(answers)).not.toContain(firm);
    expect(JSON.stringify(answers)).not.toContain('ITC43"');
    const { results } = await service.meili.index(`${service.prefix}opportunities`).getDocuments({ limit: 100 });
    expect(JSON.stringify(results)).toContain(need);
    expect(JSON.stringify(results)).not.toMatch(new RegExp(`${firm}|ITC43`));
    const about = (await service.published()).filter(({ data }) => data.opportunityId === need);
    expect(about.length).toBeGreaterThan(1);
    expect(JSON.stringify(about)).not.toContain(firm);
  });

  it('does not tell whose it is by who is left out when others ask for it', async () => {
    const found = async (actor: Actor) =>
      (await service.match({ opportunityId: need, seek: 'partners' }, actor)).items.map(({ subject }) => subject.id);
    expect(await found(stranger)).toContain(firm);
    expect(await found(asFirm)).not.toContain(firm);
    const explained = (actor: Actor) =>
      service.call(
        matchingRpc.explain,
        { opportunityId: need, seek: 'partners', subject: { type: 'company', id: firm } },
        actor,
      );
    expect((await explained(stranger)).obstacles).toEqual([]);
    expect((await explained(asFirm)).obstacles).toMatchObject([{ code: 'own-firm' }]);
    expect((await explained(stranger)).understood.country).toBe('IT');
  });

  it('is found by saved searches of others, never by its firm’s own', async () => {
    const search = { seek: 'opportunities' as const, text: NEED.summary, rhythm: 'now' as const };
    const others = await service.call(alertsRpc.create, search, asPartner);
    const own = await service.call(alertsRpc.create, search, asFirm);
    const another = await service.owners.need(firm, { ...NEED, title: 'Telecamere per tessuti' });
    await eventually(async () => {
      const told = (await service.published()).filter(({ type }) => type === 'alert-matched.v1');
      expect(told.map(({ data }) => [data.alertId, data.subjectIds])).toEqual([[others.id, [another]]]);
    });
    expect(own.id).toBeDefined();
    await service.owners.close(another);
  });

  it('is dismissed and withdrawn without a word on its firm', async () => {
    const [stored] = await service.suggestions({ expertId: expert }, asExpert);
    const dismissed = await service.call(matchingRpc.dismiss, { id: stored!.id }, asExpert);
    expect(dismissed).toMatchObject({ state: 'dismissed', companyId: null });
    await service.owners.close(need);
    await eventually(() => service.settled());
    await eventually(async () => {
      const about = (await service.published()).filter(({ data }) => data.opportunityId === need);
      expect(about.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['suggestion-dismissed.v1', 'suggestion-withdrawn.v1']),
      );
      expect(JSON.stringify(about)).not.toContain(firm);
    });
  });

  it('shows its firm in all that was suggested once it is published with its name, and hides it again the other way', async () => {
    const seen = async () =>
      (await service.suggestions({ expertId: expert }, asExpert))
        .filter((one) => one.opportunityId === need)
        .map(({ companyId, subject, state }) => [state, companyId, subject.territory]);
    await service.owners.need(firm, { anonymous: false, territory: 'ITC43' }, need);
    await eventually(() => service.settled());
    expect(await seen()).toEqual([['dismissed', firm, 'ITC43']]);
    await service.owners.close(need);
    await service.owners.need(firm, { anonymous: true }, need);
    await eventually(() => service.settled());
    expect(await seen()).toEqual([['dismissed', null, 'ITC4']]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { interestAnswered, outcomeRecorded } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const VISION = {
  title: 'Visione artificiale per il controllo dei tessuti',
  summary: 'Cerchiamo chi ci aiuti a trovare con telecamere i difetti su tessuti tecnici durante la tessitura.',
};
const VISIONARY = [competence('machine-vision', 'expert'), competence('technical-textiles')];

describe('Answers to interests', () => {
  let service: Running;
  let firm: string;
  let expert: string;
  let need: string;
  let suggestionId: string;

  beforeAll(async () => {
    service = await running();
    firm = await service.owners.company({});
    await service.owners.expert({ competences: [competence('patent-strategy')], text: 'Brevetti.' });
    expert = await service.owners.expert({ competences: VISIONARY });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    need = await service.owners.need(firm, VISION);
    await eventually(() => service.settled());
    suggestionId = (await service.suggestions({ opportunityId: need }))[0]!.id;
  });

  const sides = () => ({
    opportunityId: need,
    asker: { kind: 'firm', id: firm } as const,
    asked: { kind: 'expert', id: expert } as const,
  });
  const judged = () =>
    service.query<{ verdict: string; reason: string | null; subject_id: string }>(
      'SELECT verdict, reason, subject_id FROM judged_pair WHERE opportunity_id = $1',
      [need],
    );
  const publishedAgain = async () => {
    await service.owners.need(firm, { ...VISION, title: 'Telecamere e visione per i tessuti' }, need);
    await eventually(() => service.settled());
  };
  const standing = async () =>
    (await service.suggestions({ opportunityId: need })).filter((one) => one.state === 'open').map((one) => one.id);

  it('are kept as judged pairs, an agreement above all', async () => {
    const interestId = await service.owners.answered({ ...sides(), suggestionId }, 'accepted');
    await eventually(async () => expect(await judged()).toMatchObject([{ verdict: 'accepted', subject_id: expert }]));
    const about = { interestId, opportunityId: need, suggestionId, revision: 3 };
    await service.owners.publish(outcomeRecorded, interestId, { ...about, outcome: 'no-agreement' });
    await service.owners.publish(outcomeRecorded, interestId, {
      ...about,
      outcome: 'agreement-reached',
      achievement: 'supplier',
    });
    await eventually(async () => expect(await judged()).toMatchObject([{ verdict: 'agreed' }]));
    expect(await standing()).toEqual([suggestionId]);
  });

  it('that are a no keep its reason and set the suggestion aside for good', async () => {
    await service.owners.answered({ ...sides(), suggestionId }, 'declined', 'not-my-field');
    await eventually(async () =>
      expect(await judged()).toMatchObject([{ verdict: 'declined', reason: 'not-my-field' }]),
    );
    await eventually(() => service.settled());
    expect(await standing()).toEqual([]);
    await publishedAgain();
    expect(await standing()).toEqual([]);
    await eventually(async () => {
      const told = (await service.published()).filter(
        ({ type, data }) => type === 'suggestion-dismissed.v1' && data.suggestionId === suggestionId,
      );
      expect(told.map(({ data }) => data.by)).toEqual(['subject']);
    });
  });

  it('that are a no hold while the need is on hold, and for pairs that were never suggested', async () => {
    await service.owners.close(need);
    await eventually(() => service.settled());
    await service.owners.answered({ ...sides(), suggestionId }, 'declined', 'no-capacity');
    await eventually(async () => expect(await judged()).toHaveLength(1));
    await publishedAgain();
    expect(await standing()).toEqual([]);

    const late = await service.owners.expert({ listed: false, competences: VISIONARY });
    await service.owners.answered(
      { opportunityId: need, asker: { kind: 'expert', id: late }, asked: { kind: 'firm', id: firm } },
      'declined',
      'other',
    );
    await eventually(async () => expect((await judged()).map((one) => one.subject_id)).toContain(late));
    await service.owners.expert({ listed: true }, late);
    await eventually(() => service.settled());
    await publishedAgain();
    expect((await service.suggestions({ opportunityId: need })).map((one) => one.subject.id)).not.toContain(late);
    await service.owners.eraseExpert(late);
  });

  it('leave room for somebody else: a no brings in who was not among the first', async () => {
    const others: string[] = [];
    for (let n = 0; n < 5; n++) others.push(await service.owners.expert({ competences: VISIONARY }));
    await eventually(() => service.settled());
    await publishedAgain();
    const first = (await service.suggestions({ opportunityId: need })).filter((one) => one.state === 'open');
    const left = [expert, ...others].filter((id) => !first.some(({ subject }) => subject.id === id));
    expect(left).toHaveLength(1);
    const no = first[0]!;
    await service.owners.answered(
      { ...sides(), asked: { kind: 'expert', id: no.subject.id }, suggestionId: no.id },
      'declined',
      'too-early',
    );
    await eventually(async () => {
      const now = (await service.suggestions({ opportunityId: need })).filter((one) => one.state === 'open');
      expect(now.map(({ subject }) => subject.id).sort()).toEqual(
        [expert, ...others].filter((id) => id !== no.subject.id).sort(),
      );
    });
    for (const id of others) await service.owners.eraseExpert(id);
  });

  it('that take something back say nothing of the pair', async () => {
    await service.owners.answered({ ...sides(), suggestionId }, 'withdrawn');
    await service.owners.answered({ ...sides(), suggestionId }, 'accepted');
    await eventually(async () => expect(await judged()).toMatchObject([{ verdict: 'accepted' }]));
    expect(await standing()).toEqual([suggestionId]);
  });

  it('are judged once, however often they are told, and also where nobody knows the interest any more', async () => {
    const id = await service.owners.answered({ ...sides(), suggestionId }, 'declined', 'too-early');
    service.owners.interests.delete(id);
    const data = { interestId: id, opportunityId: need, suggestionId, revision: 2, answer: 'declined' as const };
    await service.owners.publish(interestAnswered, id, { ...data, reasonCode: 'too-early' });
    await eventually(() => service.settled());
    expect(await judged()).toMatchObject([{ verdict: 'declined', reason: 'too-early' }]);
    expect(await standing()).toEqual([]);
  });
});

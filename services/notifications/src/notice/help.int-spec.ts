import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type HelpFacts, helpAnswered, type Lang, type Party } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { dataSourceOptions } from '../data-source.js';

describe('Who asked a coordinator', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let service: Running;

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

  /** The answer to a question about an unnamed need. */
  const answered = async (asker: Party, change: Partial<HelpFacts> = {}): Promise<HelpFacts> => {
    const { neighbours } = service;
    const opportunityId = neighbours.need(neighbours.firm(), 'Sensori', true);
    const facts: HelpFacts = {
      ...{ id: uuidv7(), revision: 2, state: 'answered', opportunityId, suggestionId: null },
      ...{ answer: 'Sì, ci\nconviene.', asker, ...change },
    };
    neighbours.helps.set(facts.id, facts);
    await tell(facts);
    return facts;
  };
  const tell = async ({
    id,
    opportunityId,
    suggestionId,
    revision,
  }: Pick<HelpFacts, 'id' | 'opportunityId' | 'suggestionId' | 'revision'>) => {
    const data = { helpRequestId: id, opportunityId, ...(suggestionId && { suggestionId }), revision };
    await service.neighbours.publish(helpAnswered, id, data);
  };
  const inbox = async (party: Party, lang: Lang = 'it') => {
    await eventually(() => service.settled());
    return (await service.inbox(party, {}, lang)).items;
  };

  it('is told of the answer, once, and led to where the question was asked', async () => {
    const expert: Party = { kind: 'expert', id: service.neighbours.expert() };
    const facts = await answered(expert, { suggestionId: uuidv7() });
    await tell(facts);
    const items = await inbox(expert);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: 'help-answered',
      state: 'unread',
      title: 'Il coordinamento ha risposto alla domanda su «Sensori»',
      because: { code: 'asker', mutable: false },
      refs: { helpRequestId: facts.id, opportunityId: facts.opportunityId, suggestionId: facts.suggestionId },
    });
    expect(items[0]!.text).toMatch(/^Messaggio: «Sì, ci conviene\.»\nChe cosa fare ora: /);
    const titles = await Promise.all(
      (['en', 'de', 'fr'] as const).map(async (lang) => (await inbox(expert, lang))[0]!.title),
    );
    expect(titles).toEqual([
      'A coordinator answered the question about “Sensori”',
      'Die Koordination hat die Frage zu «Sensori» beantwortet',
      'La coordination a répondu à la question sur « Sensori »',
    ]);
  });

  it('reads nothing of an answer that was deleted meanwhile, and nothing at all where the question is gone', async () => {
    const firm: Party = { kind: 'firm', id: service.neighbours.firm() };
    const facts = await answered(firm);
    const [before] = await inbox(firm);
    expect(before!.text).toContain('conviene');
    service.neighbours.helps.set(facts.id, { ...facts, answer: null });
    expect((await inbox(firm))[0]!.text).not.toContain('conviene');
    service.neighbours.helps.delete(facts.id);
    expect((await inbox(firm))[0]!.title).toBe('Una proposta che non è più disponibile');
  });

  it('nobody is told where the platform knows no such question', async () => {
    const id = uuidv7();
    await tell({ id, opportunityId: uuidv7(), suggestionId: null, revision: 2 });
    await eventually(() => service.settled());
    expect(await service.query('SELECT 1 FROM notice WHERE about_id = $1', [id])).toEqual([]);
    expect(await service.query('SELECT 1 FROM dead_letter')).toEqual([]);
  });
});

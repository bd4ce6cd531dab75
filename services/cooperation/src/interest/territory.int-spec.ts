import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/contracts';
import { asking, type Running, running } from '../../test/running.js';

const coordinator = (...territories: string[]): Actor => ({ kind: 'coordinator', territories });
const facilitator: Actor = { kind: 'facilitator', cluster: 'lecco', territories: ['ITC43'] };

describe('Interests and territories', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  it('the coordinators of either side accompany an interest, others know of none', async () => {
    const { neighbours, ask, refused } = service;
    const firm = neighbours.firm({ territory: 'ITC43' });
    const expert = neighbours.expert({ country: 'CH', territory: 'CH070' });
    const { interest } = await asking(service, { firm, expert });
    const { id } = interest;
    for (const actor of [coordinator('ITC43'), coordinator('CH'), facilitator, coordinator('*')]) {
      expect(await ask(actor, 'get', { id })).toMatchObject({ side: 'coordinator' });
      expect((await ask(actor, 'list', {})).items.map((one) => one.id)).toContain(id);
    }
    for (const actor of [coordinator('ITC42'), coordinator(), { ...facilitator, territories: ['CH'] }]) {
      expect(await refused(actor, 'get', { id })).toBe('not-found');
      expect(await refused(actor, 'update', { id, revision: 1, state: 'pertinent' })).toBe('not-found');
      expect((await ask(actor, 'list', {})).items.map((one) => one.id)).not.toContain(id);
    }
    const { revision } = await ask(facilitator, 'get', { id });
    expect(await ask(facilitator, 'update', { id, revision, state: 'pertinent' })).toMatchObject({
      state: 'pertinent',
    });
  });

  it('an unnamed firm stays unnamed to who accompanies the other side alone', async () => {
    const { neighbours, ask } = service;
    const firm = neighbours.firm({ territory: 'ITC43' });
    const expert = neighbours.expert({ country: 'CH', territory: 'CH070' });
    const need = neighbours.need(firm, { anonymous: true });
    const suggestionId = neighbours.suggest(need, expert, { anonymous: true });
    const { id } = await ask({ kind: 'expert', id: expert }, 'express', { suggestionId });
    expect((await ask(coordinator('CH'), 'get', { id })).counterpart).toMatchObject({ id: null, name: null });
    expect((await ask(coordinator('IT'), 'get', { id })).counterpart).toMatchObject({ id: firm });
  });

  it('how experts answer is shown to the coordinators of their territory', async () => {
    const { neighbours, ask, refused } = service;
    const { expert } = await asking(service, { expert: neighbours.expert({ country: 'CH', territory: 'CH070' }) });
    const listed = async (actor: Actor) => (await ask(actor, 'loads', {})).items.map((one) => one.expertId);
    expect(await listed(coordinator('CH'))).toContain(expert.id);
    expect(await listed(coordinator('ITC43'))).not.toContain(expert.id);
    expect(await refused(coordinator('ITC43'), 'loads', { expertId: expert.id })).toBe('not-found');
    expect(await refused(coordinator('CH070'), 'loads', { expertId: expert.id })).toBe('done');
    expect(await refused(facilitator, 'loads', {})).toBe('forbidden');
  });

  it('a key speaks for its firm', async () => {
    const { ask, refused } = service;
    const { firm, interest } = await asking(service);
    const key = (id: string): Actor => ({ kind: 'account', id, scopes: ['read', 'write'], firm: id });
    expect(await ask(key(firm.id), 'get', { id: interest.id })).toMatchObject({ side: 'asker' });
    expect(await refused(key(service.neighbours.firm()), 'get', { id: interest.id })).toBe('not-found');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { asking, type Running, running } from '../../test/running.js';

const HOUR = 3_600_000;
const coordinator = { kind: 'coordinator', territories: ['*'] } as const;

describe('How experts answer', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  const loadOf = async (expertId: string) => (await service.ask(coordinator, 'loads', { expertId })).items[0];

  it('open requests, the share answered in time and the median time are kept, and each change is told', async () => {
    const { neighbours, ask, clock, dueNow, told } = service;
    const expert = { kind: 'expert', id: neighbours.expert({ capacity: 10 }) } as const;
    const requests = [];
    for (let n = 0; n < 4; n++) requests.push((await asking(service, { expert: expert.id })).interest.id);
    const before = clock.now();
    try {
      clock.advance(2 * HOUR);
      await ask(expert, 'accept', { id: requests[0]! });
      clock.advance(4 * HOUR);
      await ask(expert, 'decline', { id: requests[1]!, reasonCode: 'no-capacity' });
      clock.advance(4 * HOUR);
      await ask(expert, 'accept', { id: requests[2]! });
      clock.advance(60 * 24 * HOUR);
      await dueNow();
    } finally {
      clock.advance(before.getTime() - clock.now().getTime());
    }
    expect(await loadOf(expert.id)).toEqual({
      expertId: expert.id,
      open: 2,
      asked: 4,
      responseRate: 0.75,
      medianHours: 6,
    });
    const events = await told(expert.id);
    expect(events.map(({ data }) => data.revision)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: 'load-changed.v1', data: { open: 2, asked: 4, responseRate: 0.75 } });
  });

  it('what the asker took back before the answer is no failure of the expert', async () => {
    const { ask } = service;
    const { firm, expert, interest } = await asking(service);
    await ask(firm, 'withdraw', { id: interest.id });
    expect(await loadOf(expert.id)).toEqual({
      expertId: expert.id,
      open: 0,
      asked: 0,
      responseRate: null,
      medianHours: null,
    });
  });

  it('what a coordinator changes in talks that go on is no news about the load', async () => {
    const { ask, told } = service;
    const { expert, interest } = await asking(service);
    await ask(expert, 'accept', { id: interest.id });
    const count = (await told(expert.id)).length;
    await ask(coordinator, 'update', { id: interest.id, revision: 2, state: 'first-contact' });
    expect(await told(expert.id)).toHaveLength(count);
    await ask(coordinator, 'update', { id: interest.id, revision: 3, state: 'no-agreement' });
    expect((await told(expert.id)).at(-1)?.data).toMatchObject({ open: 0 });
  });

  it('coordinators see all, experts themselves, firms nobody', async () => {
    const { neighbours, ask, refused } = service;
    const { firm, expert } = await asking(service);
    const all = await ask(coordinator, 'loads', { limit: 2 });
    expect(all.items).toHaveLength(2);
    const rest = await ask(coordinator, 'loads', { cursor: all.nextCursor! });
    expect(new Set([...all.items, ...rest.items].map(({ expertId }) => expertId)).size).toBe(4);
    expect((await ask(expert, 'loads', { expertId: expert.id })).items[0]?.open).toBe(1);
    expect(await refused(expert, 'loads', {})).toBe('forbidden');
    expect(await refused(firm, 'loads', { expertId: expert.id })).toBe('not-found');
    const unasked = neighbours.expert();
    expect(await loadOf(unasked)).toMatchObject({ open: 0, responseRate: null });
    expect(await refused(coordinator, 'loads', { expertId: uuidv7() })).toBe('not-found');
  });

  it('the metrics say how evenly experts are asked, and name none of them', async () => {
    const { neighbours } = service;
    const busy = neighbours.expert({ capacity: 20 });
    for (let n = 0; n < 12; n++) await asking(service, { expert: busy });
    const text = await register.metrics();
    expect(text).toContain('ceresio_experts_by_open_requests{open="10+"} 1');
    expect(text).toMatch(/ceresio_interests\{state="submitted"\} 1\d/);
    expect(text).toContain('ceresio_interests_overdue 0');
    expect(text).not.toContain(busy);
  });
});

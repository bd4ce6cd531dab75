import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asking, type Running, running } from '../../test/running.js';

const coordinator = { kind: 'coordinator', territories: ['*'] } as const;

describe('The promise of an answer', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  /** Puts the clock to a moment and does what is due then, twice and side by side, as several copies of the service would. */
  const at = async (moment: Date) => {
    service.clock.advance(moment.getTime() - service.clock.now().getTime());
    await Promise.all([service.dueNow(), service.dueNow()]);
    await service.dueNow();
  };
  const deadlinesOf = async (id: string) => {
    const [row] = await service.query<{ half_at: Date; day_before_at: Date; due_at: Date }>(
      'SELECT half_at, day_before_at, due_at FROM interest WHERE id = $1',
      [id],
    );
    return row!;
  };
  const stagesOf = async (id: string) =>
    (await service.told(id)).map(({ type, data }) => (data.stage as string) ?? type).slice(1);

  it('silence is reminded of at half time and a day before, once each, and expires; the firm is offered the next best', async () => {
    const { neighbours, ask, refused, told } = service;
    const { firm, expert, need, interest } = await asking(service);
    const { id } = interest;
    const next = neighbours.suggest(need, neighbours.expert(), { score: 0.5 });
    const deadlines = await deadlinesOf(id);
    expect(interest.dueAt).toBe(deadlines.due_at.toISOString());

    await at(new Date(deadlines.half_at.getTime() - 1000));
    expect(await stagesOf(id)).toEqual([]);
    await at(deadlines.half_at);
    expect(await stagesOf(id)).toEqual(['half-time']);
    await at(deadlines.day_before_at);
    expect(await stagesOf(id)).toEqual(['half-time', 'day-before']);
    expect((await told(id)).at(-1)?.data).toMatchObject({ dueAt: interest.dueAt, opportunityId: need });
    await at(new Date(deadlines.due_at.getTime() - 60_000));
    expect(await ask(expert, 'get', { id })).toMatchObject({ state: 'submitted', overdue: false });

    await at(new Date(deadlines.due_at.getTime() + 1000));
    expect(await stagesOf(id)).toEqual(['half-time', 'day-before', 'interest-expired.v1']);
    expect(await ask(firm, 'get', { id })).toMatchObject({
      state: 'expired',
      overdue: true,
      next: { suggestionId: next },
    });
    expect(await refused(expert, 'accept', { id })).toBe('wrong-state');

    const late = await ask(coordinator, 'list', { overdue: true });
    expect(late.items.map((one) => one.id)).toContain(id);
    expect((await ask(coordinator, 'list', { overdue: false })).items.map((one) => one.id)).not.toContain(id);
    expect((await ask(coordinator, 'loads', { expertId: expert.id })).items[0]).toMatchObject({
      ...{ open: 0, asked: 1, responseRate: 0, medianHours: null },
    });
  });

  it('who has answered is reminded of nothing', async () => {
    const { ask } = service;
    const { expert, interest } = await asking(service);
    const deadlines = await deadlinesOf(interest.id);
    await ask(expert, 'decline', { id: interest.id, reasonCode: 'too-early' });
    await at(new Date(deadlines.due_at.getTime() + 1000));
    expect(await stagesOf(interest.id)).toEqual(['interest-answered.v1']);
  });

  it('one that cannot be written does not keep the others waiting', async () => {
    const { query } = service;
    const stuck = await asking(service);
    const other = await asking(service);
    await query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stuck'; END $$;
      CREATE TRIGGER stuck BEFORE UPDATE ON interest FOR EACH ROW WHEN (OLD.id = '${stuck.interest.id}') EXECUTE FUNCTION refuse()`);
    try {
      await at((await deadlinesOf(other.interest.id)).half_at);
      expect(await stagesOf(other.interest.id)).toEqual(['half-time']);
      expect(await stagesOf(stuck.interest.id)).toEqual([]);
    } finally {
      await query('DROP TRIGGER stuck ON interest; DROP FUNCTION refuse');
    }
    await service.dueNow();
    expect(await stagesOf(stuck.interest.id)).toEqual(['half-time']);
  });

  it('a coordinator who looks at it does not stop the clock', async () => {
    const { ask } = service;
    const { interest } = await asking(service);
    const deadlines = await deadlinesOf(interest.id);
    await ask(coordinator, 'update', { id: interest.id, revision: 1, state: 'under-assessment' });
    await at(deadlines.half_at);
    await at(new Date(deadlines.due_at.getTime() + 1000));
    expect(await stagesOf(interest.id)).toEqual(['half-time', 'interest-expired.v1']);
  });

  it('what is late and not ended yet is shown to coordinators as overdue', async () => {
    const { ask, clock, query } = service;
    const { interest } = await asking(service);
    const { due_at } = await deadlinesOf(interest.id);
    // As while the service that ends it is away.
    await query(`UPDATE interest SET next_at = 'infinity' WHERE id = $1`, [interest.id]);
    clock.advance(due_at.getTime() + 1000 - clock.now().getTime());
    const { items } = await ask(coordinator, 'list', { overdue: true, state: 'submitted' });
    expect(items.map(({ id, overdue }) => [id, overdue])).toEqual([[interest.id, true]]);
  });
});

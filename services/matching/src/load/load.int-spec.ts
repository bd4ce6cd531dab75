import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { loadChanged, type MatchRequest, matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const VISION = {
  title: 'Visione artificiale per il controllo dei tessuti',
  summary: 'Cerchiamo chi ci aiuti a trovare con telecamere i difetti su tessuti tecnici durante la tessitura.',
};
const MODEST = [competence('machine-vision', 'advanced'), competence('technical-textiles')];
const TEXT = 'visione artificiale per tessuti tecnici';

describe('Experts who have requests in hand', () => {
  let service: Running;
  let firm: string;
  let best: string;
  let second: string;

  beforeAll(async () => {
    service = await running();
    firm = await service.owners.company({});
    await service.owners.expert({ competences: [competence('patent-strategy')], text: 'Brevetti.' });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    const { owners } = service;
    for (const id of [best, second]) if (id) await owners.eraseExpert(id);
    const competences = [competence('machine-vision', 'expert'), competence('technical-textiles', 'expert')];
    best = await owners.expert({ competences, text: VISION.summary, capacity: 2 });
    second = await owners.expert({ competences: MODEST, capacity: 2 });
    await eventually(() => service.settled());
  });

  const suggested = async (need: string) =>
    (await service.suggestions({ opportunityId: need })).map(({ subject }) => subject.id);
  const need = async (id?: string) => {
    const made = await service.owners.need(firm, VISION, id);
    await eventually(() => service.settled());
    return made;
  };
  const load = async (expertId: string, open: number, more = {}) => {
    await service.owners.load(expertId, { open, ...more });
    await eventually(() => service.settled());
  };
  const matched = async (filters?: MatchRequest['filters']) => {
    const { items } = await service.match({ text: TEXT, filters });
    return items.map(({ subject: { id }, parts, reasons }) => ({
      id,
      availability: parts.availability,
      codes: reasons.map(({ code }) => code),
    }));
  };

  it('are suggested to no new need from the moment they have reached their cap, however well they fit', async () => {
    const before = await need();
    expect(await suggested(before)).toEqual([best, second]);
    await load(best, 2);
    expect(await suggested(await need())).toEqual([second]);
    // What was suggested before stands: it may have been answered already.
    expect(await suggested(await need(before))).toEqual([best, second]);
  });

  it('are shown as unavailable with the reason where somebody asks now, and left out where only available ones are wanted', async () => {
    await load(best, 2);
    await eventually(async () => {
      const found = await matched();
      expect(found.find(({ id }) => id === best)).toMatchObject({ availability: 0 });
      expect(found.find(({ id }) => id === best)!.codes).toContain('many-open-requests');
    });
    expect((await matched({ availableOnly: true })).map(({ id }) => id)).toEqual([second]);
    const explained = await service.call(matchingRpc.explain, {
      text: TEXT,
      seek: 'experts',
      filters: { availableOnly: true },
      subject: { type: 'expert', id: best },
    });
    expect(explained.obstacles.map(({ code }) => code)).toEqual(['filter-available']);
  });

  it('are suggested again to the needs that are open once they have room', async () => {
    await load(best, 2);
    const open = await need();
    expect(await suggested(open)).toEqual([second]);
    await load(best, 1);
    await eventually(async () => expect(await suggested(open)).toEqual([best, second]));
  });

  it('are not the next best while they are full or away; the next best is who stands best beside those asked', async () => {
    const opportunityId = await need();
    const nextBest = async (except: string[]) => {
      const { suggestionId } = await service.call(matchingRpc.nextBest, { opportunityId, except });
      const found = (await service.suggestions({ opportunityId })).find(({ id }) => id === suggestionId);
      return found?.subject.id ?? null;
    };
    expect(await nextBest([])).toBe(best);
    expect(await nextBest([best])).toBe(second);
    expect(await nextBest([best, second])).toBeNull();
    await load(best, 2);
    expect(await nextBest([])).toBe(second);
    const today = new Date().toISOString().slice(0, 10);
    await service.owners.expert({ away: [{ from: today, to: today }] }, second);
    await eventually(() => service.settled());
    expect(await nextBest([])).toBeNull();
  });

  it('are judged by the newest news of them, in whatever order it comes', async () => {
    await service.owners.load(best, { open: 2, revision: 7 });
    await service.owners.publish(loadChanged, best, {
      ...{ expertId: best, revision: 3, open: 0, asked: 0, responseRate: null, medianHours: null },
    });
    await eventually(() => service.settled());
    expect(await suggested(await need())).toEqual([second]);
  });

  it('leave nothing here when they are erased, even if news of them comes late', async () => {
    await load(second, 1);
    await service.owners.eraseExpert(second);
    await eventually(() => service.settled());
    await load(second, 2, { revision: 9 });
    expect(await service.query('SELECT 1 FROM load WHERE expert_id = $1', [second])).toEqual([]);
    second = '';
  });

  it('are held to their cap in the very moment a suggestion is stored, whatever memory says', async () => {
    // Whatever was told before has been read.
    await load(second, 2);
    const available = async () => (await matched({ availableOnly: true })).map(({ id }) => id);
    await eventually(async () => expect(await available()).toEqual([best]));
    await load(second, 0);
    await eventually(async () => expect(await available()).toEqual([best, second]));
    // News that this copy of the service has not read.
    await service.query(
      `INSERT INTO load (expert_id, revision, open, asked, changed_at) VALUES ($1, 1, 2, 0, '2000-01-01')`,
      [best],
    );
    expect(await available()).toContain(best);
    expect(await suggested(await need())).toEqual([second]);
  });

  it('that answer reliably rank before equals who do not', async () => {
    const twin = await service.owners.expert({ competences: MODEST, capacity: 2 });
    await eventually(() => service.settled());
    for (const [first, other] of [
      [twin, second],
      [second, twin],
    ] as const) {
      await load(first, 0, { asked: 10, responseRate: 1 });
      await load(other, 0, { asked: 10, responseRate: 0.2 });
      await eventually(async () => {
        const ids = (await matched()).map(({ id }) => id);
        expect(ids.indexOf(first)).toBeLessThan(ids.indexOf(other));
      });
    }
    await service.owners.eraseExpert(twin);
  });

  it('show in the metrics how evenly experts are suggested, without saying who', async () => {
    await need();
    const text = await register.metrics();
    expect(text).toMatch(/ceresio_matching_exposure_suggestions\{[^}]*quantile="1"[^}]*\} [1-9]/);
    expect(text).toMatch(/ceresio_matching_exposure_gini[^\n]* [0-9.]+/);
    expect(text).not.toContain(best);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, alertsRpc, matchingRpc } from '#libs/contracts';
import { eventually, TcpProxy } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { COORDINATOR, type Running, running } from '../../test/running.js';

const TEXT = 'visione artificiale per controllare i tessuti tecnici';
const VISIONARY = { competences: [competence('machine-vision', 'expert'), competence('technical-textiles')] };

describe('Without the search engine', () => {
  let service: Running;
  let proxy: TcpProxy;
  let visionary: string;
  let printer: string;
  let firm: string;
  let asFirm: Actor;
  const settled = () => eventually(() => service.settled());
  const idsFor = async (text: string) => {
    const { items, degraded } = await service.match({ text });
    return { ids: items.map((one) => one.subject.id), degraded };
  };
  const told = async (alertId: string) =>
    (await service.published())
      .filter(({ type, data }) => type === 'alert-matched.v1' && data.alertId === alertId)
      .flatMap(({ data }) => data.subjectIds as string[]);

  beforeAll(async () => {
    service = await running();
    proxy = await TcpProxy.before(service.meiliUrl);
    await service.stopService();
    await service.start({ MEILI_URL: proxy.url(service.meiliUrl) });
    visionary = await service.owners.expert(VISIONARY);
    printer = await service.owners.expert({ text: 'Da vent’anni restauro organi a canne e clavicembali.' });
    firm = await service.owners.company({ offers: [competence('technical-textiles')] });
    asFirm = { kind: 'firm', id: firm };
    await settled();
  });
  afterAll(async () => {
    await service.stop();
    await proxy.close();
  });

  it.each(['cut', 'blackhole'] as const)(
    '(%s) competences, and words that name none, still find who has them',
    async (how) => {
      proxy[how]();
      expect(await idsFor(TEXT)).toEqual({ ids: [visionary], degraded: true });
      // While nobody answers, one question alone waits for that; all others are answered at once.
      const several = await Promise.all(Array.from({ length: 8 }, () => idsFor('Restauro di un clavicembalo')));
      expect(several).toEqual(Array.from({ length: 8 }, () => ({ ids: [printer], degraded: true })));
      const explained = await service.call(matchingRpc.explain, {
        seek: 'experts',
        text: 'Restauro di un clavicembalo',
        limit: 5,
        subject: { type: 'expert', id: printer },
      });
      expect(explained).toMatchObject({ rank: 1, degraded: true });
      const { items } = await service.match({ text: TEXT, filters: { country: 'CH' } });
      expect(items).toEqual([]);
      proxy.pass();
      await eventually(async () => expect(await idsFor(TEXT)).toEqual({ ids: [visionary], degraded: false }));
    },
  );

  it('what is published meanwhile is found, and suggested as soon as the engine is back', async () => {
    proxy.cut();
    const need = await service.owners.need(firm, { title: 'Visione artificiale', summary: `Cerchiamo ${TEXT}.` });
    await eventually(async () => {
      const { items, degraded } = await service.match({ seek: 'opportunities', expertId: visionary }, COORDINATOR);
      expect({ ids: items.map((one) => one.subject.id), degraded }).toEqual({ ids: [need], degraded: true });
    });
    expect(await service.suggestions({ opportunityId: need }, asFirm)).toEqual([]);
    proxy.pass();
    await settled();
    const suggested = await service.suggestions({ opportunityId: need }, asFirm);
    expect(suggested.map((one) => one.subject.id)).toEqual([visionary]);
  });

  it('a search can be saved, and tells of what comes after it, not of what was there', async () => {
    proxy.cut();
    const alert = await service.call(alertsRpc.create, { seek: 'experts', text: TEXT, rhythm: 'now' }, asFirm);
    const later = await service.owners.expert(VISIONARY);
    // An event that its consumer could not take at first comes again after 30 s.
    await eventually(async () => expect((await idsFor(TEXT)).ids).toContain(later), { timeout: 60_000 });
    proxy.pass();
    await settled();
    await eventually(async () => expect(await told(alert.id)).toEqual([later]));
    const last = await service.owners.expert(VISIONARY);
    await eventually(async () => expect(await told(alert.id)).toEqual([later, last]));
  }, 180_000);

  it('an index is absent or whole: one that has lost its data answers nothing by itself until it is filled', async () => {
    const wanted = (await idsFor(TEXT)).ids;
    expect(wanted.length).toBeGreaterThan(1);
    const uid = `${service.prefix}experts`;
    const seen: string[] = [];
    for (let round = 0; round < 3; round++) {
      await service.meili.deleteIndex(uid).waitTask();
      // What comes into being by a mere document, as by a delivery that was under way.
      if (round === 2)
        await service.meili
          .index(uid)
          .addDocuments([{ id: wanted[0], revision: 1, stems: ['vision'], concepts: ['cmachinevision'] }])
          .waitTask();
      await eventually(async () => {
        const { ids, degraded } = await idsFor(TEXT);
        seen.push(ids.join());
        expect(degraded).toBe(false);
      });
    }
    expect(new Set(seen)).toEqual(new Set([wanted.join()]));
    expect(await service.indexed('experts')).toEqual(
      (await service.query<{ id: string }>(`SELECT id FROM subject WHERE type = 'expert' AND open ORDER BY id`)).map(
        (row) => row.id,
      ),
    );
  });
});

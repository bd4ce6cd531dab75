import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MatchAnswer } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const firm = (id: string) => ({ kind: 'firm', id }) as const;
const sector = (code: string) => [{ scheme: 'NACE2.1' as const, code, nace: code }];
const ids = (answer: MatchAnswer) => answer.items.map((item) => item.subject.id);

describe('Partners for a firm', () => {
  let service: Running;
  const firms = {} as Record<
    'weaver' | 'both' | 'gives' | 'takes' | 'takesInWords' | 'alike' | 'clothes' | 'idle' | 'home',
    string
  >;
  const partners = (request: Partial<Parameters<Running['match']>[0]> = {}, asker = firms.weaver) =>
    service.match({ companyId: asker, seek: 'partners', limit: 20, ...request }, firm(asker));
  const codesOf = (answer: MatchAnswer, id: string) =>
    answer.items.find((item) => item.subject.id === id)?.reasons.map((reason) => reason.code) ?? [];

  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    firms.weaver = await owners.company({
      sectors: sector('13.20'),
      offers: [competence('technical-textiles'), { id: null, label: 'kite per kitesurf' }],
      seeks: [competence('machine-vision')],
    });
    firms.both = await owners.company({
      offers: [competence('machine-vision')],
      seeks: [competence('technical-textiles')],
    });
    firms.gives = await owners.company({
      country: 'CH',
      territory: 'CH040',
      offers: [competence('machine-vision')],
      seeks: [competence('accounting')],
    });
    firms.takes = await owners.company({ offers: [competence('plastics')], seeks: [competence('technical-textiles')] });
    firms.takesInWords = await owners.company({
      offers: [competence('tourism')],
      seeks: [{ id: null, label: 'kite per kitesurf' }],
    });
    firms.alike = await owners.company({
      sectors: sector('13.20'),
      offers: [competence('technical-textiles')],
      seeks: [competence('export')],
    });
    firms.clothes = await owners.company({ sectors: sector('14.10'), offers: [competence('machine-vision')] });
    firms.idle = await owners.company({ sectors: sector('28.94'), offers: [competence('technical-textiles')] });
    for (const name of ['crowdfunding', 'hydrogen', 'food-safety', 'cloud-computing', 'patent-strategy'])
      await owners.company({ offers: [competence(name)], seeks: [competence('export')] });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it('have what it seeks and seek what it has; either alone comes after both, and each way is a reason', async () => {
    const answer = await partners();
    expect(answer.understood.partners).toBe('complementary');
    expect(ids(answer)[0]).toBe(firms.both);
    expect(ids(answer)).toEqual(expect.arrayContaining([firms.gives, firms.takes]));
    expect(codesOf(answer, firms.both)).toEqual(expect.arrayContaining(['competence-match', 'seeks-yours']));
    expect(codesOf(answer, firms.gives)).not.toContain('seeks-yours');
    expect(codesOf(answer, firms.takes)).toContain('seeks-yours');
    expect(codesOf(answer, firms.takes)).not.toContain('competence-match');
    // To do the same is not to complete.
    expect(ids(answer)).not.toContain(firms.alike);
  });

  it('are found also by words that no taxonomy knows', async () => {
    const answer = await partners();
    expect(codesOf(answer, firms.takesInWords)).toContain('seeks-yours-in-words');
    const { reasons } = answer.items.find((item) => item.subject.id === firms.takesInWords)!;
    expect(reasons.find((reason) => reason.code === 'seeks-yours-in-words')!.text).toContain('kite per kitesurf');
  });

  it('must have what is asked for in words: to want something is not enough then', async () => {
    const answer = await partners({ text: 'Visione artificiale per il controllo ottico' });
    expect(ids(answer)[0]).toBe(firms.both);
    expect(ids(answer)).not.toContain(firms.takes);
  });

  it('are firms like it where it wishes so: they do what it does, whatever they seek', async () => {
    const answer = await partners({ partners: 'alike' });
    expect(answer.understood).toMatchObject({ partners: 'alike', competences: [{ id: 'technical-textiles' }] });
    // Of two that do the same, that of the same sector comes first.
    expect(ids(answer)).toEqual([firms.alike, firms.idle]);
    expect(codesOf(answer, firms.alike)).toEqual(expect.arrayContaining(['competence-shared', 'sector-same']));
    // Who supplies its sector completes it, and is not like it.
    expect(codesOf(answer, firms.idle)).not.toContain('sector-upstream');
    expect(codesOf(answer, firms.both)).toEqual([]);
  });

  it('are firms like it where it seeks nothing, which the answer says; told to complete it, those that seek what it has', async () => {
    const like = await partners({}, firms.idle);
    expect(like.understood.partners).toBe('alike');
    expect(ids(like)).toEqual(expect.arrayContaining([firms.alike, firms.weaver]));
    const completing = await partners({ partners: 'complementary' }, firms.idle);
    expect(completing.understood.partners).toBe('complementary');
    expect(new Set(ids(completing))).toEqual(new Set([firms.both, firms.takes]));
  });

  it('count for a sector up or down the chain, less than for the same one', async () => {
    const answer = await partners();
    const clothes = answer.items.find((item) => item.subject.id === firms.clothes)!;
    expect(clothes.reasons.find((reason) => reason.code === 'sector-downstream')).toMatchObject({
      params: { sector: '14' },
      text: expect.stringContaining('valle'),
    });
    const same = (await partners({ partners: 'alike' })).items[0]!;
    expect(clothes.parts.sector).toBeGreaterThan(0);
    expect(clothes.parts.sector).toBeLessThan(same.parts.sector);
  });

  it('across the border come higher only when that is wished, and the answer says so', async () => {
    const scores = async (prefer?: 'cross-border' | 'same-country' | 'none') => {
      const answer = await partners(prefer ? { prefer } : {});
      expect(answer.understood).toMatchObject({ prefer: prefer ?? 'none', country: 'IT' });
      const { score, parts } = answer.items.find((item) => item.subject.id === firms.gives)!;
      return { score, territory: parts.territory, codes: codesOf(answer, firms.gives) };
    };
    const [silent, none, abroad, home] = [
      await scores(),
      await scores('none'),
      await scores('cross-border'),
      await scores('same-country'),
    ];
    expect(silent).toEqual(none);
    expect(abroad.score).toBeGreaterThan(none.score);
    expect(abroad.codes).toContain('cross-border');
    expect(home).toMatchObject({ territory: 0, codes: expect.not.arrayContaining(['same-country', 'cross-border']) });
    const all = await partners({ prefer: 'same-country' });
    expect(codesOf(all, firms.both)).toEqual(
      expect.arrayContaining([expect.stringMatching(/same-country|territory-near/)]),
    );
  });

  it('have no side of the border to be preferred while nobody knows where the asker is, and the answer says so', async () => {
    const answer = await service.match({ text: 'Visione artificiale', seek: 'partners', prefer: 'cross-border' });
    expect(answer.understood).toMatchObject({ prefer: 'cross-border', country: null });
    expect(new Set(answer.items.map((item) => item.parts.territory))).toEqual(new Set([0]));
  });

  it('count the wish of the stored opportunity while the request says nothing, and the request wins', async () => {
    const need = await service.owners.need(firms.weaver, {
      title: 'Visione artificiale',
      summary: 'Controllo ottico con visione artificiale.',
      prefer: 'cross-border',
    });
    await eventually(() => service.settled());
    const stored = await partners({ opportunityId: need, companyId: undefined });
    expect(stored.understood.prefer).toBe('cross-border');
    expect(codesOf(stored, firms.gives)).toContain('cross-border');
    const asked = await partners({ opportunityId: need, companyId: undefined, prefer: 'none' });
    expect(asked.understood.prefer).toBe('none');
    expect(codesOf(asked, firms.gives)).not.toContain('cross-border');
  });

  it('looked for the other way round, by opportunities, keep the same wishes', async () => {
    const { owners } = service;
    const text = { title: 'Visione artificiale', summary: 'Controllo ottico con visione artificiale.' };
    const wishing = await owners.need(firms.weaver, { ...text, prefer: 'cross-border' });
    const plain = await owners.need(firms.alike, text);
    await eventually(() => service.settled());
    const asked = async (prefer?: 'cross-border' | 'same-country') => {
      const answer = await service.match(
        { companyId: firms.gives, seek: 'opportunities', ...(prefer ? { prefer } : {}) },
        firm(firms.gives),
      );
      return (id: string) =>
        answer.items.find((item) => item.subject.id === id)!.reasons.find((one) => /border|country/.test(one.code));
    };
    const own = await asked();
    expect(own(wishing)).toMatchObject({ code: 'cross-border', params: { country: 'CH' } });
    expect(own(plain)).toBeUndefined();
    const across = await asked('cross-border');
    expect(across(plain)).toMatchObject({ code: 'cross-border', params: { country: 'IT' } });
    expect((await asked('same-country'))(wishing)).toBeUndefined();
  });
});

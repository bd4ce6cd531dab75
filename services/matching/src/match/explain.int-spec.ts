import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, type ExplainRequest, LANGUAGES, type Lang, matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { COORDINATOR, type Running, running } from '../../test/running.js';

type Request = Partial<Omit<ExplainRequest, 'subject'>>;

const VISION = 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici';
const UNKNOWN = '01900000-0000-7000-8000-0000000000ff';
const firm = (id: string) => ({ kind: 'firm', id }) as const;
const NEVER_SOUGHT = ['crowdfunding', 'hydrogen', 'food-safety', 'export', 'cloud-computing', 'patent-strategy'];
const MANY = ['machine-vision', 'technical-textiles', ...NEVER_SOUGHT.slice(0, 4)];

/** Asks about one subject, as `service.match` asks about all. */
function explaining(service: () => Running, type: ExplainRequest['subject']['type'], seek: ExplainRequest['seek']) {
  return (id: string, request: Request = {}, actor: Actor = COORDINATOR, lang: Lang = 'it') =>
    service().call(
      matchingRpc.explain,
      {
        seek,
        limit: 10,
        ...(Object.keys(request).length > 0 ? {} : { text: VISION }),
        ...request,
        subject: { type, id },
      },
      actor,
      lang,
    );
}

describe('Explaining why an expert is in an answer or not', () => {
  let service: Running;
  const explain = explaining(() => service, 'expert', 'experts');
  const codes = async (...asked: Parameters<typeof explain>) =>
    (await explain(...asked)).obstacles.map((one) => one.code);
  const people = {} as Record<
    'best' | 'second' | 'near' | 'kin' | 'all' | 'away' | 'baker' | 'hidden' | 'unheard',
    string
  >;
  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    people.best = await owners.expert({
      country: 'CH',
      territory: 'CH070',
      languages: ['it', 'de'],
      competences: [competence('machine-vision', 'expert'), competence('technical-textiles', 'advanced')],
      text: 'Sistemi di visione artificiale per il controllo dei difetti su tessuti tecnici.',
    });
    people.second = await owners.expert({
      territories: ['ITC4'],
      competences: [competence('machine-vision', 'basic')],
      text: 'Telecamere per il controllo dei difetti.',
    });
    people.near = await owners.expert({ competences: [competence('machine-vision', 'basic')] });
    people.kin = await owners.expert({ competences: [competence('automation', 'expert')] });
    people.all = await owners.expert({ competences: MANY.map((name) => competence(name, 'expert')) });
    people.away = await owners.expert({
      competences: [competence('machine-vision', 'expert'), competence('technical-textiles')],
      away: [{ from: '2020-01-01', to: '2999-01-01' }],
    });
    people.baker = await owners.expert({ text: 'Lievitazione naturale e panettoni.' });
    people.hidden = await owners.expert({ listed: false, competences: [competence('machine-vision')] });
    people.unheard = await owners.expert({ competences: [competence('machine-vision')] }, undefined, true);
    for (const name of NEVER_SOUGHT) await owners.expert({ competences: [competence(name)], text: name });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it('gives each one in the list the place, score, parts and reasons of the list, and no obstacle', async () => {
    const answer = await service.match({ text: VISION });
    expect(answer.items.map((item) => item.subject.id)).toEqual(expect.arrayContaining([people.best, people.second]));
    for (const item of answer.items)
      expect(await explain(item.subject.id)).toMatchObject({
        ...item,
        obstacles: [],
        of: answer.items.length,
        understood: answer.understood,
        weightsVersion: answer.weightsVersion,
      });
  });

  it('says who stands before one that the list is too short for, and by how much', async () => {
    const { items } = await service.match({ text: VISION });
    const last = items.at(-1)!;
    const { rank, score, obstacles } = await explain(last.subject.id, { text: VISION, limit: 1 });
    expect({ rank, score }).toEqual({ rank: items.length, score: last.score });
    expect(obstacles).toMatchObject([
      { code: 'outranked', params: { rank, limit: 1, score, lastScore: items[0]!.score } },
    ]);
    expect(obstacles[0]!.params.by).toBeCloseTo(items[0]!.score - score, 6);
  });

  it.each([
    ['filter-country', { country: 'CH' }, ['IT'], ['CH']],
    ['filter-territories', { territories: ['ITC1', 'CH04'] }, ['ITC43', 'ITC4'], ['ITC1', 'CH04']],
    ['filter-languages', { languages: ['fr' as const] }, ['it'], ['fr']],
    ['filter-sectors', { sectors: ['56'] }, expect.any(Array), ['56']],
    [
      'filter-competences',
      { competences: ['Tessuti tecnici'] },
      expect.arrayContaining(['machine-vision']),
      ['technical-textiles'],
    ],
  ])(
    'names the %s that the search engine left somebody out by, what they have and what was asked',
    async (code, filters, has, asked) => {
      const { items } = await service.match({ text: VISION, filters });
      expect(items.map((item) => item.subject.id)).not.toContain(people.second);
      const { rank, score, obstacles } = await explain(people.second, { text: VISION, filters });
      expect(rank).toBeNull();
      expect(obstacles).toMatchObject([{ code, params: { has, asked } }]);
      expect(score).toBe((await explain(people.second)).score);
    },
  );

  it.each([
    { country: 'IT' },
    { territories: ['ITC46'] },
    { territories: ['IT'] },
    { languages: ['it' as const, 'fr' as const] },
    { competences: ['machine-vision'] },
    { competences: ['nobody knows this', 'Visione artificiale'] },
    { availableOnly: true },
  ])('has nothing against somebody whom the search engine lets through: %j', async (filters) => {
    const { items } = await service.match({ text: VISION, filters });
    expect(items.map((item) => item.subject.id)).toContain(people.second);
    expect(await codes(people.second, { text: VISION, filters })).toEqual([]);
  });

  it('lets a filter for a wider competence through those who have a narrower one, as the search engine does', async () => {
    const filters = { competences: ['automation'] };
    const listed = (await service.match({ text: VISION, filters })).items.map((item) => item.subject.id);
    expect(listed).toContain(people.best);
    expect(await codes(people.best, { text: VISION, filters })).toEqual([]);
  });

  it('says that somebody is away, without telling until when', async () => {
    expect(await codes(people.away)).toEqual([]);
    const filters = { availableOnly: true };
    expect((await service.match({ text: VISION, filters })).items.map((item) => item.subject.id)).not.toContain(
      people.away,
    );
    const { obstacles } = await explain(people.away, { text: VISION, filters });
    expect(obstacles).toEqual([{ code: 'filter-available', params: {}, text: expect.stringContaining('disponibile') }]);
  });

  it('names every filter that leaves somebody out, not the first alone', async () => {
    const filters = { country: 'CH', languages: ['fr' as const] };
    expect(await codes(people.second, { text: VISION, filters })).toEqual(['filter-country', 'filter-languages']);
  });

  it('says how far somebody is from being an answer, and what is missing', async () => {
    const { rank, obstacles, missing, relevance } = await explain(people.baker);
    expect(rank).toBeNull();
    expect(obstacles.map((one) => one.code)).toEqual(['not-among-candidates', 'below-floor']);
    const least = obstacles[1]!.params.least as number;
    expect(obstacles[1]!.params).toEqual({ relevance, least });
    expect(relevance).toBeLessThan(least);
    expect(missing.map((one) => one.id)).toContain('machine-vision');
  });

  it('says how far somebody who has one thing of several is behind the best, who has them all', async () => {
    // Where floor and tail lie is tuned; among these somebody is above the one and below the other.
    const tried = [2, 3, 4, 5, 6].flatMap((count) =>
      [people.near, people.kin].map((id) => ({ id, competences: MANY.slice(0, count) })),
    );
    const far: string[] = [];
    for (const { id, competences } of tried) {
      const { rank, relevance, obstacles } = await explain(id, { competences });
      if (obstacles[0]?.code !== 'below-tail') continue;
      far.push(id);
      const { items } = await service.match({ competences });
      const best = (await explain(items[0]!.subject.id, { competences })).relevance;
      expect(items.map((item) => item.subject.id)).not.toContain(id);
      expect(obstacles).toEqual([
        { code: 'below-tail', params: { relevance, best, least: expect.any(Number) }, text: expect.any(String) },
      ]);
      expect(rank).toBeNull();
      expect(relevance).toBeLessThan(obstacles[0].params.least as number);
    }
    expect(far.length).toBeGreaterThan(0);
  });

  it('knows of an expert who is not listed only towards that expert and those who keep the contents', async () => {
    const own = { kind: 'expert', id: people.hidden } as const;
    for (const actor of [own, COORDINATOR])
      expect((await codes(people.hidden, { text: VISION }, actor))[0]).toBe('not-listed');
    const refusals = await Promise.all(
      [people.hidden, UNKNOWN].map((id) =>
        explain(id, { text: VISION }, { kind: 'expert', id: people.best }).catch((error: unknown) => error),
      ),
    );
    expect(refusals[0]).toMatchObject({ code: 'not-found' });
    expect(refusals[1]).toEqual(refusals[0]);
  });

  it('says that somebody is too new to be found', async () => {
    expect(await codes(people.unheard, { text: VISION }, { kind: 'expert', id: people.best })).toEqual(['not-indexed']);
  });

  it('speaks the language of the reader', async () => {
    const filters = { country: 'CH' };
    const texts = await Promise.all(
      LANGUAGES.map(
        async (lang) => (await explain(people.second, { text: VISION, filters }, COORDINATOR, lang)).obstacles[0]!.text,
      ),
    );
    expect(texts[LANGUAGES.indexOf('it')]).toBe('Escluso dal filtro del paese: Italia; chiesto: Svizzera');
    expect(texts[LANGUAGES.indexOf('de')]).toBe('Durch den Länderfilter ausgeschlossen: Italien; verlangt: Schweiz');
    expect(new Set(texts).size).toBe(4);
  });

  it('refuses to ask in the name of another, and about what is not sought', async () => {
    const other = await service.owners.company({});
    await expect(explain(people.best, { companyId: other }, firm(UNKNOWN))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(explain(people.best, { text: VISION, seek: 'partners' })).rejects.toMatchObject({
      code: 'invalid-body',
      errors: [{ pointer: '/subject/type' }],
    });
  });

  it('still answers while the search engine is away', async () => {
    await service.stopService();
    await service.start({ MEILI_URL: 'http://127.0.0.1:9' });
    const answer = await service.match({ text: VISION });
    expect(answer.degraded).toBe(true);
    expect(await explain(people.best)).toMatchObject({ degraded: true, obstacles: [], ...answer.items[0] });
    const filters = { country: 'IT' };
    expect(await codes(people.best, { text: VISION, filters })).toEqual(['filter-country']);
    const listed = (await service.match({ text: VISION, filters })).items.map((item) => item.subject.country);
    expect(new Set(listed)).toEqual(new Set(['IT']));
  });
});

describe('Explaining why a firm or an opportunity is in an answer or not', () => {
  let service: Running;
  let weaver: string;
  let camera: string;
  let expert: string;
  const partner = explaining(() => service, 'company', 'partners');
  const opportunity = explaining(() => service, 'opportunity', 'opportunities');
  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    weaver = await owners.company({
      offers: [competence('technical-textiles')],
      seeks: [competence('machine-vision')],
    });
    camera = await owners.company({ country: 'CH', territory: 'CH070', offers: [competence('machine-vision')] });
    expert = await owners.expert({ competences: [competence('machine-vision', 'expert')] });
    for (const name of NEVER_SOUGHT) await owners.company({ offers: [competence(name)] });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());
  const need = (given: Parameters<Running['owners']['need']>[1] = {}) =>
    service.owners.need(weaver, {
      title: 'Visione artificiale',
      summary: 'Telecamere che trovano difetti su tessuti tecnici con la visione artificiale.',
      ...given,
    });

  it('tells a firm that it is never its own partner', async () => {
    const asked = { companyId: weaver };
    expect((await partner(camera, asked, firm(weaver))).rank).toBe(1);
    const own = await partner(weaver, asked, firm(weaver));
    expect(own.rank).toBeNull();
    expect(own.obstacles[0]).toMatchObject({ code: 'own-firm', params: {} });
  });

  it('tells why an opportunity is not among those for an expert: its own firm asks, it offers, or it is over', async () => {
    const open = await need();
    const offer = await need({ type: 'TO' });
    const expired = await need({ expiresAt: '2020-01-01T00:00:00.000Z' });
    await eventually(() => service.settled());
    const asked = { expertId: expert };
    const actor = { kind: 'expert', id: expert } as const;
    const { items } = await service.match({ ...asked, seek: 'opportunities' }, actor);
    expect(items.map((item) => item.subject.id)).toEqual([open]);
    expect(await opportunity(open, asked, actor)).toMatchObject({ ...items[0], obstacles: [] });
    expect((await opportunity(offer, asked, actor)).obstacles[0]).toMatchObject({
      code: 'not-a-need',
      params: { type: 'TO' },
    });
    expect((await opportunity(expired, asked, actor)).obstacles[0]).toMatchObject({
      code: 'expired',
      text: 'Scaduto il 2020-01-01',
    });
    expect((await opportunity(open, { companyId: weaver }, firm(weaver))).obstacles[0]!.code).toBe('own-firm');
  });

  it('knows of an opportunity that was taken back only towards its firm and those who keep the contents', async () => {
    const closed = await need();
    await service.owners.close(closed);
    await eventually(() => service.settled());
    const asked = { text: 'Mi occupo di visione artificiale' };
    for (const actor of [firm(weaver), COORDINATOR])
      expect((await opportunity(closed, asked, actor)).obstacles.map((one) => one.code)).toContain('not-listed');
    const refusals = await Promise.all(
      [closed, UNKNOWN].map((id) => opportunity(id, asked, firm(camera)).catch((error: unknown) => error)),
    );
    expect(refusals[0]).toMatchObject({ code: 'not-found' });
    expect(refusals[1]).toEqual(refusals[0]);
  });
});

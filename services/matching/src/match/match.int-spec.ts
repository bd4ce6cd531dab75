import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MatchAnswer } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const NEED = {
  it: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero',
  de: 'Wir suchen einen Experten für maschinelles Sehen, um Fehler an technischen Textilien zu erkennen, in Zusammenarbeit mit einem Schweizer Partner',
  fr: 'Nous cherchons un expert en vision par ordinateur pour contrôler les défauts sur des textiles techniques, en collaboration avec un partenaire suisse',
  en: 'We are looking for a machine vision expert to inspect defects on technical textiles, together with a Swiss partner',
};

const ids = (answer: MatchAnswer) => answer.items.map((item) => item.subject.id);

describe('Matching a need with experts', () => {
  let service: Running;
  const planted: string[] = [];
  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    planted.push(
      await owners.expert({
        country: 'CH',
        territory: 'CH070',
        languages: ['it', 'de'],
        competences: [competence('machine-vision', 'expert'), competence('technical-textiles', 'advanced')],
        text: 'Sistemi di visione per il controllo dei difetti nella tessitura.',
      }),
      await owners.expert({
        languages: ['de'],
        country: 'CH',
        territory: 'CH040',
        evidence: [
          {
            id: '01900000-0000-7000-8000-000000000001',
            kind: 'project',
            title: 'Bildverarbeitung zur Fehlererkennung an technischen Textilien',
            text: 'Kameras prüfen Gewebe aus Glasfaser während der Herstellung.',
            year: 2023,
            url: null,
            competences: [],
          },
        ],
      }),
      await owners.expert({
        languages: ['en'],
        competences: [competence('machine vision'), competence('fabric-inspection')],
        text: 'Computer vision for textile inspection, defect detection on woven fabrics.',
      }),
      await owners.expert({
        languages: ['fr'],
        text: 'Vision par ordinateur et contrôle optique de textiles techniques.',
      }),
    );
    for (const [name, text] of [
      ['patent-strategy', 'Strategie brevettuali e licenze per piccole imprese.'],
      ['energy-efficiency', 'Diagnosi energetiche e pompe di calore negli stabilimenti.'],
      ['lean-management', 'Organizzazione snella delle linee di montaggio.'],
      ['export', 'Ingresso nei mercati esteri e reti di distribuzione.'],
      ['cloud-computing', 'Migrazione al cloud di sistemi gestionali.'],
      ['food-safety', 'Sicurezza alimentare e tracciabilità nel lattiero-caseario.'],
      ['crowdfunding', 'Campagne di raccolta fondi e finanza alternativa.'],
      ['hydrogen', 'Celle a combustibile e stoccaggio di idrogeno.'],
    ]) {
      await owners.expert({ competences: [competence(name!)], text: text! });
    }
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it.each(['it', 'de', 'fr', 'en'] as const)(
    'puts machine-vision and textile experts on top of the need in %s',
    async (lang) => {
      const answer = await service.match({ text: NEED[lang] }, undefined, lang);
      expect(answer.degraded).toBe(false);
      expect(answer.understood.lang).toBe(lang);
      expect(answer.understood.competences.map((one) => one.id)).toEqual(
        expect.arrayContaining(['machine-vision', 'technical-textiles']),
      );
      expect(new Set(ids(answer).slice(0, 4))).toEqual(new Set(planted));
      for (const item of answer.items) {
        const sum = item.reasons.reduce((all, reason) => all + reason.weight, 0);
        expect(sum).toBeCloseTo(item.score, 6);
        expect(Object.values(item.parts).reduce((all, part) => all + part, 0)).toBeCloseTo(item.score, 6);
      }
    },
  );

  it('gives unrelated needs different answers, and few where few can help', async () => {
    const first = ids(await service.match({ text: NEED.it }));
    for (const text of [
      'Strategia brevettuale per una piccola impresa',
      'Pompe di calore e diagnosi energetica',
      'Sicurezza alimentare nel caseificio',
    ]) {
      const other = ids(await service.match({ text }));
      expect(other.length).toBeGreaterThan(0);
      expect(other.filter((id) => first.includes(id)).length).toBeLessThanOrEqual(1);
    }
    // Some profiles have «controllo» and «sistemi» too: that alone makes nobody relevant.
    const text =
      'Corsi di canto per il coro della parrocchia, con sistemi per il controllo della voce e spartiti di musica sacra';
    expect(ids(await service.match({ text }))).toEqual([]);
  });

  it('finds by competences alone, and these win over the words', async () => {
    const answer = await service.match({ text: NEED.it, competences: ['Brevetti', 'patent-strategy'] });
    expect(answer.understood.competences.map((one) => one.id)).not.toContain('machine-vision');
  });

  it('says of each what the filters go by: whoever is said to have it is left by the filter, and nobody else', async () => {
    const all = await service.match({ text: NEED.it, limit: 50 });
    const [first] = all.items.filter(({ subject }) => subject.id === planted[0]);
    expect(first!.subject).toMatchObject({ languages: ['it', 'de'], sectors: expect.arrayContaining(['13']) });
    for (const { subject } of all.items) expect(subject.sectors).toEqual([...new Set(subject.sectors)].sort());
    for (const languages of [['de'], ['fr']] as const) {
      const left = await service.match({ text: NEED.it, limit: 50, filters: { languages: [...languages] } });
      const said = all.items.filter(({ subject }) => subject.languages.includes(languages[0]));
      expect(ids(left)).toEqual(said.map(({ subject }) => subject.id));
    }
    const weavers = await service.match({ text: NEED.it, limit: 50, filters: { sectors: ['13'] } });
    expect(ids(weavers)).toEqual(
      all.items.flatMap(({ subject: { id, sectors } }) => (sectors.includes('13') ? id : [])),
    );
  });

  it('keeps hard constraints', async () => {
    const swiss = await service.match({ text: NEED.it, filters: { country: 'CH' } });
    expect(new Set(swiss.items.map((item) => item.subject.country))).toEqual(new Set(['CH']));
    const german = await service.match({ text: NEED.it, filters: { languages: ['de'], territories: ['CH04'] } });
    expect(ids(german)).toEqual([planted[1]]);
    expect(ids(await service.match({ text: NEED.it, filters: { competences: ['fabric-inspection'] } }))).toContain(
      planted[2],
    );
    expect(ids(await service.match({ text: NEED.it, filters: { competences: ['nobody knows this'] } }))).toEqual([]);
  });

  it('finds nobody, without fault, where nobody of that kind is there yet', async () => {
    for (const seek of ['partners', 'opportunities'] as const)
      expect(await service.match({ text: NEED.it, seek })).toMatchObject({ items: [], degraded: false });
  });

  it('takes no harm from strange words', async () => {
    for (const text of ['"', '\\" OR 1=1', '🧵', 'a', 'la il di', 'x'.repeat(4000)]) {
      expect((await service.match({ text })).degraded).toBe(false);
    }
  });
});

describe('Matching on behalf of somebody', () => {
  let service: Running;
  let weaver: string;
  let camera: string;
  let need: string;
  let expert: string;
  const firm = (id: string) => ({ kind: 'firm', id }) as const;
  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    weaver = await owners.company({
      offers: [competence('technical-textiles')],
      seeks: [competence('machine-vision')],
      text: 'Tessiamo tessuti tecnici.',
    });
    camera = await owners.company({
      country: 'CH',
      territory: 'CH070',
      offers: [competence('machine-vision')],
      seeks: [competence('technical-textiles')],
    });
    await owners.company({ offers: [competence('machine-vision')], seeks: [competence('accounting')] });
    expert = await owners.expert({
      competences: [competence('machine-vision', 'expert'), competence('fabric-inspection')],
    });
    need = await owners.need(weaver, {
      title: 'Visione artificiale',
      summary: 'Telecamere che trovano difetti su tessuti tecnici.',
      prefer: 'cross-border',
    });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it('finds partners who have what a firm seeks and seek what it has, and never the firm itself', async () => {
    const answer = await service.match({ companyId: weaver, seek: 'partners' }, firm(weaver));
    expect(ids(answer)[0]).toBe(camera);
    expect(ids(answer)).not.toContain(weaver);
    expect(answer.items[0]!.reasons.map((reason) => reason.code)).toContain('seeks-yours');
    const own = await service.match({ text: 'tessuti tecnici', seek: 'partners' }, firm(weaver));
    expect(ids(own)).not.toContain(weaver);
  });

  it('honours the cross-border wish of a stored need, and of the one who asks', async () => {
    const stored = await service.match({ opportunityId: need, seek: 'partners' }, firm(weaver));
    expect(stored.items[0]).toMatchObject({ subject: { id: camera, country: 'CH' } });
    expect(stored.items[0]!.reasons.map((reason) => reason.code)).toContain('cross-border');
    const home = await service.match({ opportunityId: need, seek: 'partners', prefer: 'same-country' }, firm(weaver));
    expect(home.items.find((item) => item.subject.id === camera)!.parts.territory).toBe(0);
  });

  it('finds open needs for an expert, and for a firm those of others', async () => {
    const answer = await service.match({ expertId: expert, seek: 'opportunities' }, { kind: 'expert', id: expert });
    expect(answer.items.map((item) => item.subject)).toEqual([
      { type: 'opportunity', id: need, country: 'IT', territory: 'ITC42', languages: ['it'], sectors: [] },
    ]);
    expect(ids(await service.match({ companyId: camera, seek: 'opportunities' }, firm(camera)))).toEqual([need]);
    expect(ids(await service.match({ companyId: weaver, seek: 'opportunities' }, firm(weaver)))).toEqual([]);
    expect(ids(await service.match({ text: 'Mi occupo di visione artificiale', seek: 'opportunities' }))).toEqual([
      need,
    ]);
  });

  it('refuses to ask in the name of another', async () => {
    await expect(service.match({ companyId: weaver, seek: 'partners' }, firm(camera))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(service.match({ expertId: expert, seek: 'opportunities' }, firm(camera))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('asks the owner about an opportunity that is not public, in the name of the caller', async () => {
    await service.owners.close(need);
    await eventually(() => service.settled());
    expect(ids(await service.match({ opportunityId: need }, firm(weaver)))).toEqual([expert]);
    await expect(service.match({ opportunityId: need }, firm(camera))).rejects.toMatchObject({ code: 'not-found' });
  });
});

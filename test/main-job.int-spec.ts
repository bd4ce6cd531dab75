import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { openStream } from './inbox-stream.js';
import { type Platform, startPlatform } from './platform.js';

interface Item {
  id: string;
  rank: number;
  score: number;
  subject: { type: string; id: string; name: string; country: string };
  parts: Record<string, number>;
  reasons: { code: string; text: string; weight: number }[];
}
interface List<T = Item> {
  items: T[];
  nextCursor: string | null;
}
interface Match extends List {
  understood: { lang: string; competences: { id: string; label: string }[] };
  degraded: boolean;
}

// Invented experts, each evidenced in one language only: a need in another language has to find them through the competences.
const EXPERTS = {
  vision: {
    name: 'Elena Inventata',
    country: 'CH',
    territory: 'CH070',
    languages: ['it', 'de'],
    text: 'Entwickelt Systeme für die industrielle Bildverarbeitung und die automatische Fehlererkennung auf technischen Textilien.',
    contact: { email: 'elena@example.org' },
  },
  additive: {
    name: 'Marco Esempio',
    country: 'IT',
    territory: 'ITC43',
    languages: ['it', 'en'],
    text: 'Additive manufacturing of metal parts: laser powder bed fusion, design for additive manufacturing, process qualification.',
    contact: { email: 'marco@example.org' },
  },
  patents: {
    name: 'Claire Exemple',
    country: 'CH',
    territory: 'CH070',
    languages: ['fr', 'it'],
    text: 'Conseil en propriété industrielle : brevets, marques, liberté d’exploitation et licences pour petites entreprises.',
    contact: { email: 'claire@example.org' },
  },
  energy: {
    name: 'Paolo Prova',
    country: 'IT',
    territory: 'ITC42',
    languages: ['it'],
    text: 'Diagnosi energetiche per stabilimenti produttivi, efficienza energetica, recupero di calore e impianti fotovoltaici.',
    contact: { email: 'paolo@example.org' },
  },
  medical: {
    name: 'Ursula Muster',
    country: 'CH',
    territory: 'CH070',
    languages: ['de', 'en'],
    text: 'Regulatory affairs for medical devices: MDR technical documentation, clinical evaluation, ISO 13485 quality management.',
    contact: { email: 'ursula@example.org' },
  },
  export: {
    name: 'Giulia Finta',
    country: 'IT',
    territory: 'ITC41',
    languages: ['it', 'de', 'en'],
    text: 'Internazionalizzazione: ingresso nei mercati esteri, dogane e distribuzione per il mercato svizzero e tedesco.',
    contact: { email: 'giulia@example.org' },
  },
} as const;
type Key = keyof typeof EXPERTS;

// One need in the four languages, the issue's own; and needs of other fields, each in a language its expert's evidence is not written in.
const VISION = {
  it: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero',
  de: 'Wir suchen einen Experten für maschinelles Sehen, um Fehler auf technischen Textilien zu prüfen, zusammen mit einem Schweizer Partner',
  fr: 'Nous cherchons un expert en vision industrielle pour contrôler les défauts sur des textiles techniques, avec un partenaire suisse',
  en: 'We are looking for a machine vision expert to inspect defects on technical textiles, together with a Swiss partner',
};
const NEEDS: [string, Key][] = [
  ['Wir möchten Metallteile mit additiver Fertigung herstellen und suchen Beratung zum 3D-Druck', 'additive'],
  ['Vorremmo proteggere la nostra invenzione con un brevetto e verificare la libertà di attuazione', 'patents'],
  ['Wir wollen den Energieverbrauch unserer Produktion senken und eine Photovoltaikanlage bauen', 'energy'],
  ['Dobbiamo certificare un dispositivo medico secondo il regolamento MDR', 'medical'],
  ['We want to enter the Swiss market and need help with customs and distribution', 'export'],
];

describe('The main job', () => {
  let platform: Platform;
  const ids = {} as Record<Key, string>;
  let firm: string;
  const asFirm = () => `firm:${firm}`;

  const match = async (as: string, body: Record<string, unknown>, lang = 'it') => {
    const answer = await platform.ask<Match>(as, 'POST', '/v1/matches', body, { 'accept-language': lang });
    expect(answer.status).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    platform = await startPlatform();
    for (const [key, expert] of Object.entries(EXPERTS)) {
      const made = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/experts', expert);
      expect(made.status).toBe(201);
      ids[key as Key] = made.body.id;
    }
    const company = {
      name: 'Tessitura Inventata',
      country: 'IT',
      territory: 'ITC42',
      languages: ['it'],
      sectors: [{ scheme: 'ATECO2025', code: '13.20.00' }],
      contact: { email: 'tessitura@example.org' },
    };
    const made = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/companies', company);
    expect(made.status).toBe(201);
    firm = made.body.id;
    await eventually(
      async () => {
        for (const [text, key] of NEEDS)
          expect(
            (await match('coordinator', { text, seek: 'experts' })).items.map((item) => item.subject.id),
          ).toContain(ids[key]);
      },
      { timeout: 30_000 },
    );
  }, 180_000);
  afterAll(() => platform?.stop());

  it.each(Object.entries(VISION))(
    'a need in %s finds the same expert, and says what was understood',
    async (lang, text) => {
      const { understood, items } = await match('coordinator', { text, seek: 'experts' }, lang);
      expect(understood.lang).toBe(lang);
      expect(understood.competences.slice(0, 3).map((competence) => competence.id)).toEqual(
        expect.arrayContaining(['machine-vision', 'technical-textiles']),
      );
      expect(items[0]?.subject).toMatchObject({
        type: 'expert',
        id: ids.vision,
        name: EXPERTS.vision.name,
        country: 'CH',
      });
    },
  );

  it.each(NEEDS)('«%s» finds its expert first', async (text, key) => {
    const { items } = await match('coordinator', { text, seek: 'experts' });
    expect(items[0]?.subject.id).toBe(ids[key]);
  });

  it('parts and reasons add up to the score, and the reasons are in the language of the caller', async () => {
    const { items } = await match(
      'coordinator',
      { text: VISION.it, seek: 'experts', prefer: 'cross-border', companyId: firm },
      'de',
    );
    for (const { score, parts, reasons } of items) {
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 3);
      expect(reasons.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(score, 3);
    }
    expect(items[0]?.reasons.find((reason) => reason.code.startsWith('competence'))?.text).toMatch(
      /Bildverarbeitung|maschinelles Sehen/i,
    );
  });

  it('a need that concerns nobody finds nobody rather than anybody', async () => {
    const { items } = await match('coordinator', {
      text: 'Cerchiamo un sommelier per una degustazione di vini',
      seek: 'experts',
    });
    expect(items).toEqual([]);
  });

  it('a published need is suggested to its expert, who finds a notice, a live event and a mail, once each', async () => {
    const stream = await openStream(platform, `expert:${ids.vision}`);
    const need = { type: 'TR', title: 'Controllo difetti su tessuti', summary: VISION.it, lang: 'it' };
    const draft = await platform.ask<{ id: string; state: string }>(
      asFirm(),
      'POST',
      `/v1/companies/${firm}/opportunities`,
      need,
    );
    expect(draft).toMatchObject({ status: 201, body: { state: 'draft' } });
    const published = await platform.ask<{ state: string }>(
      asFirm(),
      'POST',
      `/v1/opportunities/${draft.body.id}/publish`,
      {},
    );
    expect(published).toMatchObject({ status: 200, body: { state: 'published' } });

    const suggestion = await eventually(async () => {
      const { body } = await platform.ask<List<Item & { state: string }>>(
        asFirm(),
        'GET',
        `/v1/opportunities/${draft.body.id}/suggestions`,
      );
      expect(body.items[0]).toMatchObject({ state: 'open', subject: { id: ids.vision, name: EXPERTS.vision.name } });
      return body.items[0]!;
    });
    const inbox = () =>
      platform.ask<List<{ id: string; title: string; text: string; refs: object }>>(
        `expert:${ids.vision}`,
        'GET',
        '/v1/inbox',
      );
    const notice = await eventually(async () => {
      const { body } = await inbox();
      expect(body.items[0]?.refs).toMatchObject({ opportunityId: draft.body.id, suggestionId: suggestion.id });
      return body.items[0]!;
    });
    await eventually(() => expect(stream.text()).toContain(notice.id));
    stream.close();

    const mail = await eventually(async () => {
      const { messages } = (await (await fetch(`${platform.run().mail}/api/v1/messages`)).json()) as {
        messages: { id: string; to: string[] }[];
      };
      const found = messages.filter((message) => message.to.includes(EXPERTS.vision.contact.email));
      expect(found).toHaveLength(1);
      return (await (await fetch(`${platform.run().mail}/api/v1/message/${found[0]!.id}`)).json()) as { text: string };
    });
    expect(mail.text).toContain('Tessitura Inventata');
    expect(mail.text).toContain(need.title);
    expect((await inbox()).body.items).toHaveLength(1);

    const mine = await platform.ask<List>(`expert:${ids.vision}`, 'GET', `/v1/experts/${ids.vision}/suggestions`);
    expect(mine.body.items[0]?.subject).toMatchObject({ type: 'opportunity', id: draft.body.id });
    const open = await eventually(
      async () => {
        const answer = await match(`expert:${ids.vision}`, { expertId: ids.vision, seek: 'opportunities' });
        expect(answer.items).toHaveLength(1);
        return answer;
      },
      { timeout: 30_000 },
    );
    expect(open.items[0]?.subject).toMatchObject({ type: 'opportunity', id: draft.body.id, name: need.title });
  });

  it('an expert who appears later is suggested to a need that was there before', async () => {
    const need = {
      type: 'TR',
      title: 'Sensori per telai',
      summary: 'Cerchiamo competenze di manutenzione predittiva con sensori sui telai',
      lang: 'it',
    };
    const { body } = await platform.ask<{ id: string }>(asFirm(), 'POST', `/v1/companies/${firm}/opportunities`, need);
    await platform.ask(asFirm(), 'POST', `/v1/opportunities/${body.id}/publish`, {});
    const late = {
      name: 'Tardi Arrivato',
      country: 'IT',
      languages: ['it'],
      competences: ['manutenzione predittiva'],
      text: 'Manutenzione predittiva di telai e macchine tessili con sensori di vibrazione.',
    };
    const expert = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/experts', late);
    await eventually(
      async () => {
        const list = await platform.ask<List>(asFirm(), 'GET', `/v1/opportunities/${body.id}/suggestions`);
        expect(list.body.items.map((item) => item.subject.id)).toContain(expert.body.id);
      },
      { timeout: 30_000 },
    );
  });

  it('partner firms are found by what they offer, and never the firm itself', async () => {
    const partner = {
      name: 'Telecamere Ticino Inventata',
      country: 'CH',
      territory: 'CH070',
      offers: ['visione artificiale'],
      text: 'Sistemi di ispezione ottica per superfici.',
    };
    const { body } = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/companies', partner);
    await eventually(
      async () => {
        const { items } = await match(asFirm(), { text: VISION.it, companyId: firm, seek: 'partners' });
        expect(items.map((item) => item.subject.id)).toContain(body.id);
        expect(items.map((item) => item.subject.id)).not.toContain(firm);
      },
      { timeout: 30_000 },
    );
  });
});

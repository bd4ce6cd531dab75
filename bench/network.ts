import { Taxonomy } from '#libs/competences';
import type { CompanyCreate, ExpertCreate, Lang } from '#libs/contracts';

/** Firms of the area by sector, after the figures of the PMI Network programme: 26,475 around Lecco, 33,971 in Ticino. */
const AREAS = [
  {
    country: 'IT',
    territory: 'ITC43',
    firms: 26_475,
    divisions: ['25', '28', '13', '14', '24', '22', '43', '46', '47', '16'],
    languages: ['it'],
    scheme: 'ATECO2025',
  },
  {
    country: 'CH',
    territory: 'CH070',
    firms: 33_971,
    divisions: ['26', '21', '62', '14', '32', '28', '63', '70', '46', '56'],
    languages: ['it', 'it', 'it', 'it', 'de', 'en', 'fr'],
    scheme: 'NOGA2025',
  },
] as const;

const SENTENCES: Record<Lang, ((a: string, b: string, c: string) => string)[]> = {
  it: [
    (a, b, c) => `Siamo una piccola impresa che lavora su ${a} e ${b}. Negli ultimi anni abbiamo investito in ${c}.`,
    (a, b, c) => `Dal ${c} alla consegna: la nostra officina offre ${a} per clienti che chiedono ${b}.`,
    (a, b, c) => `Realizziamo su misura soluzioni di ${a}; seguiamo il cliente anche per ${b} e ${c}.`,
  ],
  de: [
    (a, b, c) => `Wir sind ein Familienbetrieb mit Schwerpunkt ${a} und ${b}. Neu bieten wir auch ${c} an.`,
    (a, b, c) => `Unser Team verbindet ${a} mit ${b}; Kunden schätzen unsere Erfahrung mit ${c}.`,
  ],
  fr: [
    (a, b, c) => `Notre atelier propose ${a} et ${b}, avec une longue expérience en ${c}.`,
    (a, b, c) => `Petite entreprise spécialisée en ${a}, nous développons aussi ${b} et ${c}.`,
  ],
  en: [
    (a, b, c) => `A small company for ${a} and ${b}, with growing demand for ${c}.`,
    (a, b, c) => `We deliver ${a} to manufacturers and help them with ${b} and ${c}.`,
  ],
};

const NEEDS: Record<Lang, (a: string, b: string) => string> = {
  it: (a, b) => `Cerchiamo un esperto di ${a} che ci aiuti con ${b} nella nostra produzione`,
  de: (a, b) => `Wir suchen Unterstützung für ${a} und möchten ${b} in unserer Fertigung einführen`,
  fr: (a, b) => `Nous cherchons un partenaire pour ${a} et un conseil en ${b} pour notre atelier`,
  en: (a, b) => `We need help with ${a} and would like to introduce ${b} in our production`,
};

/** A generated network, the same for the same seed. All invented; `share` scales the numbers of firms and experts. */
export function generateNetwork(
  seed: number,
  share = 1,
): {
  companies: (CompanyCreate & { externalKey: string })[];
  experts: (ExpertCreate & { externalKey: string })[];
  needs: string[];
} {
  const random = mulberry32(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const taxonomy = Taxonomy.own();
  const concepts = taxonomy.concepts().map((concept) => concept.id);
  const label = (id: string, lang: Lang) => pick(taxonomy.labels(id, lang));
  const sentence = (lang: Lang, chosen: string[]) =>
    pick(SENTENCES[lang])(label(chosen[0]!, lang), label(chosen[1]!, lang), label(chosen[2]!, lang));
  const three = () => [pick(concepts), pick(concepts), pick(concepts)];

  const companies = AREAS.flatMap((area) =>
    Array.from({ length: Math.round(area.firms * share) }, (_, i) => {
      const lang: Lang = pick(area.languages);
      const chosen = three();
      const division = pick(area.divisions);
      return {
        externalKey: `${area.territory}-${i}`,
        name: `Impresa ${area.territory} ${i}`,
        country: area.country,
        territory: area.territory,
        languages: [lang],
        sizeClass: pick(['micro', 'micro', 'micro', 'small', 'medium'] as const),
        sectors: [{ scheme: area.scheme, code: division }],
        text: sentence(lang, chosen),
        offers: chosen.slice(0, 1 + Math.floor(random() * 3)).map((id) => label(id, lang)),
        seeks: random() < 0.3 ? [label(pick(concepts), lang)] : [],
      };
    }),
  );
  const experts = Array.from({ length: Math.round(2_000 * share) }, (_, i) => {
    const lang = pick(['it', 'it', 'de', 'en', 'fr'] as const);
    const chosen = three();
    return {
      externalKey: `expert-${i}`,
      name: `Esperto Generato ${i}`,
      country: pick(['IT', 'CH']),
      languages: [lang],
      text: sentence(lang, chosen),
      competences: chosen.map((id) => label(id, lang)),
      evidence: [0, 1].map((n) => ({
        kind: 'project' as const,
        title: `${label(chosen[n]!, lang)} ${i}-${n}`,
        text: sentence(lang, three()),
      })),
      capacity: 100,
    };
  });
  const needs = Array.from({ length: 200 }, () => {
    const lang = pick(['it', 'it', 'de', 'en', 'fr'] as const);
    return NEEDS[lang](label(pick(concepts), lang), label(pick(concepts), lang));
  });
  return { companies, experts, needs };
}

/** A small generator of reproducible random numbers in [0, 1); mulberry32 by Tommy Ettinger, in the public domain. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

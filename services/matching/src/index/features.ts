import { type Analysis, analyse, analyseIn, type NaceSector, naceOf, Taxonomy } from '#libs/competences';
import type { CompanyFacts, CompetenceRef, ExpertFacts, Lang, OpportunityFacts } from '#libs/contracts';
import { linkedConcepts } from '../match/linking.js';
import { type Understanding, understand } from '../match/understanding.js';

/** Words and competences of one piece of evidence. `strength` (0 to just under 1) is how surely the holder has the competence by this evidence alone. */
export interface Evidence {
  id: string;
  /** A kind of the contracts, or `competences`, `offers`, `seeks` (declared lists), `profile` (own words), `need` (an opportunity's text). */
  kind: string;
  title: string | null;
  lang: Lang;
  /** Stems with their counts. */
  stems: [stem: string, count: number][];
  length: number;
  concepts: { id: string; strength: number; level?: string }[];
}

/** What is kept of a subject to index and score it: no name, no contact. */
export interface Features {
  evidence: Evidence[];
  /** What a firm looks for; kept apart from what it offers. */
  seeks: Evidence[];
  sectors: NaceSector[];
  /** Territories served, or their beginnings. */
  served: string[];
  /** Requests an expert takes at a time. */
  capacity?: number;
  away?: { from: string; to: string }[];
  /** Of an opportunity: what it asks for or offers, ready to be matched. */
  need?: Understanding;
  opportunity?: Pick<OpportunityFacts, 'type' | 'prefer' | 'expiresAt' | 'openForInterest'>;
}

/** A subject's state as the owner gave it, ready to be written into the copy. `open`: may be found. */
export interface Copy {
  id: string;
  revision: number;
  owner: string | null;
  country: string;
  territory: string | null;
  languages: Lang[];
  open: boolean;
  features: Features;
}

// How much a declaration or a mention proves. Always below 1, so that taking any evidence away lowers the score.
const DECLARED = { basic: 0.7, advanced: 0.88, expert: 0.94 };
const DECLARED_WITHOUT_LEVEL = 0.84;
const MENTIONED = 0.72;
/** A declared competence in own words that only resembles a concept. */
const RESEMBLING = 0.6;
const STEMS_MAX = 400;
/** A text speaks of a few things; the rest is mentioned by the way. */
const MENTIONED_MAX = 12;

/** Features of a listed expert: one piece of evidence for the declared competences, one for the own words, one for each work. */
export function expertCopy(facts: ExpertFacts): Copy {
  const lang = facts.languages[0];
  const evidence: Evidence[] = [];
  if (facts.competences.length > 0) evidence.push(declared('competences', facts.competences, lang));
  if (facts.text) evidence.push(written('profile', 'profile', null, facts.text, [], lang));
  for (const one of facts.evidence) {
    evidence.push(
      written(one.id, one.kind, one.title, [one.title, one.text].filter(Boolean).join('. '), one.competences, lang),
    );
  }
  return {
    ...placeOf(facts),
    owner: null,
    open: facts.listed,
    features: {
      evidence,
      seeks: [],
      sectors: sectorsOfConcepts(evidence),
      served: facts.territories,
      capacity: facts.capacity,
      away: facts.away,
    },
  };
}

/** Features of a company: what it offers and what it says of itself on one side, what it seeks on the other. */
export function companyCopy(facts: CompanyFacts): Copy {
  const lang = facts.languages[0];
  const evidence: Evidence[] = [];
  if (facts.offers.length > 0) evidence.push(declared('offers', facts.offers, lang));
  if (facts.text) evidence.push(written('profile', 'profile', null, facts.text, [], lang));
  const seeks = facts.seeks.length > 0 ? [declared('seeks', facts.seeks, lang)] : [];
  const features = { evidence, seeks, sectors: sectorsOf(facts.sectors), served: [] };
  return { ...placeOf(facts), owner: null, open: true, features };
}

/** Features of an opportunity: its text as evidence, and as a need that subjects are measured against. */
export function opportunityCopy(facts: OpportunityFacts): Copy {
  const text = [facts.title, facts.summary, facts.text].filter(Boolean).join('. ');
  const need = understand({ text, lang: facts.lang, declared: facts.competences });
  const evidence = [written('need', 'need', facts.title, text, facts.competences, facts.lang)];
  const { type, prefer, expiresAt, openForInterest } = facts;
  return {
    ...placeOf(facts),
    owner: facts.companyId,
    open: facts.state === 'published',
    features: {
      evidence,
      seeks: [],
      sectors: sectorsOf(facts.sectors),
      served: [],
      need,
      opportunity: { type, prefer, expiresAt, openForInterest },
    },
  };
}

/** Evidence that consists of a text alone: for a caller who describes what they can do. */
export function writtenEvidence(text: string, lang?: Lang): Evidence {
  return written('text', 'profile', null, text, [], lang);
}

/** Sectors on the common ground of NACE; codes that are unknown to it are left out. */
export function sectorsOf(sectors: OpportunityFacts['sectors']): NaceSector[] {
  return sectors.flatMap((sector) => naceOf(sector) ?? []);
}

function placeOf(facts: {
  id: string;
  revision: number;
  country: string;
  territory: string | null;
  languages: Lang[];
}) {
  const { id, revision, country, territory, languages } = facts;
  return { id, revision, country, territory, languages };
}

function declared(kind: string, refs: CompetenceRef[], lang: Lang | undefined): Evidence {
  const analyses = refs.map((ref) => (lang ? analyseIn(ref.label, lang) : analyse(ref.label)));
  return {
    ...counted(analyses),
    id: kind,
    kind,
    title: null,
    lang: lang ?? 'it',
    concepts: strongest(conceptsOf(refs, lang)),
  };
}

function written(
  id: string,
  kind: string,
  title: string | null,
  text: string,
  refs: CompetenceRef[],
  hint?: Lang,
): Evidence {
  const analysis = analyse(text, hint);
  const { lang } = analysis;
  const analyses = [analysis, ...refs.map((ref) => analyseIn(ref.label, lang))];
  const mentioned = linkedConcepts(text, lang).slice(0, MENTIONED_MAX);
  const concepts = [
    ...conceptsOf(refs, lang),
    ...mentioned.map((concept) => ({ id: concept.id, strength: concept.weight * MENTIONED })),
  ];
  return { ...counted(analyses), id, kind, title, lang, concepts: strongest(concepts) };
}

function conceptsOf(refs: CompetenceRef[], lang: Lang | undefined): Evidence['concepts'] {
  return refs.flatMap((ref): Evidence['concepts'] => {
    const strength = ref.level ? DECLARED[ref.level] : DECLARED_WITHOUT_LEVEL;
    const level = ref.level ? { level: ref.level } : {};
    if (ref.id && Taxonomy.own().get(ref.id)) return [{ id: ref.id, strength, ...level }];
    const { concepts } = Taxonomy.own().link(ref.label, lang);
    return concepts.map((concept) => ({ id: concept.id, strength: strength * concept.weight * RESEMBLING, ...level }));
  });
}

function strongest(concepts: Evidence['concepts']): Evidence['concepts'] {
  const best = new Map<string, Evidence['concepts'][number]>();
  for (const concept of concepts) {
    const rounded = { ...concept, strength: Math.round(concept.strength * 1000) / 1000 };
    if ((best.get(concept.id)?.strength ?? 0) < rounded.strength) best.set(concept.id, rounded);
  }
  return [...best.values()];
}

function counted(analyses: readonly Pick<Analysis, 'stems'>[]): Pick<Evidence, 'stems' | 'length'> {
  const counts = new Map<string, number>();
  let length = 0;
  for (const { stems } of analyses) {
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    length += stems.length;
  }
  return { stems: [...counts].slice(0, STEMS_MAX), length };
}

/** Sectors in which a person's declared or best evidenced competences are at home: experts give no sector of their own. */
function sectorsOfConcepts(evidence: readonly Evidence[]): NaceSector[] {
  const taxonomy = Taxonomy.own();
  const strong = evidence.flatMap((one) => one.concepts).filter((concept) => concept.strength >= 0.5);
  const divisions = new Set(strong.flatMap((concept) => taxonomy.get(concept.id)?.nace ?? []));
  return [...divisions].flatMap((code) => naceOf({ scheme: 'NACE2.1', code }) ?? []);
}

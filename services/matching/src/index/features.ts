import { type Analysis, analyse, analyseIn, type NaceSector, naceOf, Taxonomy } from '#libs/competences';
import type { CompanyFacts, CompetenceRef, ExpertFacts, Lang, OpportunityFacts } from '#libs/contracts';
import { linkedConcepts } from '../match/linking.js';
import { profileOf } from '../match/profile.js';
import type { Reading } from '../match/reading.js';
import { type Understanding, understand } from '../match/understanding.js';

/** Words and competences of one piece of evidence. `strength` (0 to just under 1) is how surely the holder has the competence by this evidence alone. */
export interface Evidence {
  id: string;
  /** A kind of the contracts, or `competences`, `offers`, `seeks` (one declared competence each), `profile` (own words), `need` (an opportunity's text). */
  kind: string;
  title: string | null;
  lang: Lang;
  /** Stems with their counts. */
  stems: [stem: string, count: number][];
  length: number;
  /** Of a short piece the words as they stand there, folded: their letters are compared as well. */
  forms?: string[];
  concepts: { id: string; strength: number; level?: string }[];
  /** The concepts of the imported taxonomy that it speaks of and the wider ones, as a vector of length 1. Absent without such a taxonomy. */
  profile?: [id: string, weight: number][];
  /** Pieces that name the same thing: the best of them counts. */
  of?: string;
  /** Another name than the first one given. */
  alias?: true;
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
  opportunity?: Pick<OpportunityFacts, 'type' | 'prefer' | 'expiresAt' | 'openForInterest'> & {
    /** Absent in copies from before there was anonymity. */
    anonymous?: boolean;
  };
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
/** Up to so many words a piece is a name rather than a text. */
const SHORT = 12;
/** Longer texts speak of too much for the concepts of an imported taxonomy to say what they are about. */
const PROFILED = 60;
/** A text speaks of a few things; the rest is mentioned by the way. */
const MENTIONED_MAX = 12;

/** Features of a listed expert: one piece of evidence for the declared competences, one for the own words, one for each work. */
export function expertCopy(facts: ExpertFacts, reading: Reading): Copy {
  const lang = facts.languages[0];
  const evidence: Evidence[] = [];
  evidence.push(...declared('competences', facts.competences, lang, reading));
  if (facts.text) evidence.push(written({ id: 'profile', kind: 'profile', text: facts.text }, [], lang, reading));
  for (const { id, kind, title, text, competences } of facts.evidence) {
    const words = [title, text].filter(Boolean).join('. ');
    evidence.push(written({ id, kind, title, text: words }, competences, lang, reading));
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
export function companyCopy(facts: CompanyFacts, reading: Reading): Copy {
  const lang = facts.languages[0];
  const evidence: Evidence[] = [];
  evidence.push(...declared('offers', facts.offers, lang, reading));
  if (facts.text) evidence.push(written({ id: 'profile', kind: 'profile', text: facts.text }, [], lang, reading));
  const seeks = declared('seeks', facts.seeks, lang, reading);
  const features = { evidence, seeks, sectors: sectorsOf(facts.sectors), served: [] };
  return { ...placeOf(facts), owner: null, open: true, features };
}

/** Features of an opportunity: its text as evidence, and as a need that subjects are measured against. */
export function opportunityCopy(facts: OpportunityFacts, reading: Reading): Copy {
  const text = [facts.title, facts.summary, facts.text].filter(Boolean).join('. ');
  const need = understand({ text, lang: facts.lang, declared: facts.competences }, reading);
  const piece = { id: 'need', kind: 'need', title: facts.title, text };
  const evidence = [written(piece, facts.competences, facts.lang, reading)];
  const { type, prefer, expiresAt, openForInterest, anonymous } = facts;
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
      opportunity: { type, prefer, expiresAt, openForInterest, anonymous },
    },
  };
}

/** Evidence that consists of a text alone: for a caller who describes what they can do. */
export function writtenEvidence(text: string, lang: Lang | undefined, reading: Reading): Evidence {
  return written({ id: 'text', kind: 'profile', text }, [], lang, reading);
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

/** Each declared competence is a piece of evidence; one that is declared by several names is still one competence. */
function declared(kind: string, refs: CompetenceRef[], lang: Lang | undefined, reading: Reading): Evidence[] {
  const named = new Set<string>();
  return refs.map((ref, at) => {
    const analysis = lang ? analyseIn(ref.label, lang) : analyse(ref.label);
    const profile = profileOf(reading, ref.id ?? '', analysis);
    const piece: Evidence = {
      ...counted([analysis], reading),
      id: `${kind}-${at + 1}`,
      kind,
      title: ref.label,
      lang: analysis.lang,
      concepts: strongest(conceptsOf([ref], lang)),
      ...(profile ? { profile } : {}),
    };
    if (!ref.id) return piece;
    const alias = named.has(ref.id);
    named.add(ref.id);
    return { ...piece, of: ref.id, ...(alias ? { alias } : {}) };
  });
}

function written(
  { id, kind, title = null, text }: { id: string; kind: string; title?: string | null; text: string },
  refs: CompetenceRef[],
  hint: Lang | undefined,
  reading: Reading,
): Evidence {
  const analysis = analyse(text, hint);
  const { lang } = analysis;
  const analyses = [analysis, ...refs.map((ref) => analyseIn(ref.label, lang))];
  const mentioned = linkedConcepts(text, lang).slice(0, MENTIONED_MAX);
  const concepts = [
    ...conceptsOf(refs, lang),
    ...mentioned.map((concept) => ({ id: concept.id, strength: concept.weight * MENTIONED })),
  ];
  const words = counted(analyses, reading);
  const profile = words.length <= PROFILED ? profileOf(reading, '', analysis) : undefined;
  return { ...words, id, kind, title, lang, concepts: strongest(concepts), ...(profile ? { profile } : {}) };
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

function counted(analyses: readonly Analysis[], { lexicon }: Reading): Pick<Evidence, 'stems' | 'length' | 'forms'> {
  const tokens = analyses.flatMap((analysis) => analysis.tokens);
  const counts = new Map<string, number>();
  for (const analysis of analyses)
    for (const stem of lexicon.stemsOf(analysis)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const forms = tokens.length > 0 && tokens.length <= SHORT ? tokens.map((token) => token.folded) : undefined;
  return { stems: [...counts].slice(0, STEMS_MAX), length: tokens.length, ...(forms ? { forms } : {}) };
}

/** Sectors in which a person's declared or best evidenced competences are at home: experts give no sector of their own. */
function sectorsOfConcepts(evidence: readonly Evidence[]): NaceSector[] {
  const taxonomy = Taxonomy.own();
  const strong = evidence.flatMap((one) => one.concepts).filter((concept) => concept.strength >= 0.5);
  const divisions = new Set(strong.flatMap((concept) => taxonomy.get(concept.id)?.nace ?? []));
  return [...divisions].flatMap((code) => naceOf({ scheme: 'NACE2.1', code }) ?? []);
}

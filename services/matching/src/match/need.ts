import { fold, type NaceSector, naceOf, stem, Taxonomy } from '#libs/competences';
import { LANGUAGES, type Lang, type OpportunityFacts } from '#libs/contracts';
import type { Candidate, Side } from './candidate.js';
import type { NeedConcept, NeedTerm, Understanding } from './understanding.js';

const ABROAD_MIN = 5;

export type Preference = NonNullable<OpportunityFacts['prefer']>;

/** A word of the need with the stem that it would have in each other language: names, acronyms and terms of science stand in all of them. */
export interface SoughtTerm extends NeedTerm {
  abroad: Partial<Record<Lang, string>>;
}

/** A need as the score sees it. */
export interface Need {
  lang: Lang;
  /** Languages in which the asking side can work. */
  langs: readonly Lang[];
  concepts: readonly NeedConcept[];
  terms: readonly SoughtTerm[];
  sectors: readonly NaceSector[];
  /** Whether the asking side gave its sectors, or they are merely where such competences are at home. */
  sectorsGiven: boolean;
  country: string | null;
  territory: string | null;
  prefer: Preference;
  /** Whose wish that is: of the side that needs, or of the one that looks for needs. */
  preferOf: 'need' | 'subject';
  /** Countries or territories that the text itself names as wished. */
  wished: readonly string[];
  /** What it speaks of in the imported taxonomy. */
  profile: ReadonlyMap<string, number> | undefined;
  /** The concepts of it that people are shown. */
  imported: readonly NeedConcept[];
  /** Which side of a subject answers: what it offers, or (to an offer) what it seeks. */
  side: 'offers' | 'seeks';
  /** What the asking firm offers itself: partners who seek it fit doubly. */
  own: Side | undefined;
  /** The firm is compared as it is, without a need in words: to seek what it offers is enough for a partner. */
  bothWays: boolean;
  /** Firms like the asking one are looked for. */
  alike: boolean;
}

export interface NeedContext {
  langs?: readonly Lang[];
  sectors?: readonly NaceSector[];
  country?: string | null;
  territory?: string | null;
  prefer?: Preference | null | undefined;
  side?: Need['side'];
  own?: Side | undefined;
  bothWays?: boolean;
  alike?: boolean;
}

/** Joins what was understood with who asks. Without sectors of its own a need has those where its surest competences are at home. */
export function needOf(understood: Understanding, context: NeedContext): Need {
  const { lang, concepts, terms, wished } = understood;
  const country = context.country ?? context.territory?.slice(0, 2) ?? null;
  return {
    lang,
    langs: [...new Set([lang, ...(context.langs ?? [])])],
    concepts,
    terms: soughtTerms(terms, lang),
    sectors: context.sectors?.length ? context.sectors : homeSectors(concepts),
    sectorsGiven: Boolean(context.sectors?.length),
    country,
    territory: context.territory ?? null,
    prefer: context.prefer ?? 'none',
    preferOf: 'need',
    profile: understood.profile && new Map(understood.profile),
    imported: understood.imported ?? [],
    // Who says where they are themselves does not wish for it.
    wished: wished.filter((place) => !(context.territory ?? country)?.startsWith(place)),
    side: context.side ?? 'offers',
    own: context.own,
    bothWays: context.bothWays ?? false,
    alike: context.alike ?? false,
  };
}

/** An indexed opportunity as a need, as when its firm asked; who looks for needs may have a wish of their own instead. */
export function needOfOpportunity(candidate: Candidate, prefer?: Preference): Need {
  const understood = candidate.need ?? { lang: 'it', concepts: [], terms: [], wished: [] };
  const need = needOf(understood, {
    langs: candidate.languages,
    sectors: candidate.sectors,
    country: candidate.country,
    territory: candidate.territory,
    prefer: candidate.opportunity?.prefer,
    side: isOffer(candidate.opportunity?.type) ? 'seeks' : 'offers',
  });
  return prefer ? { ...need, prefer, preferOf: 'subject' } : need;
}

/** Whether the opportunity offers something (BO, TO) instead of asking for it. */
export function isOffer(type: string | undefined): boolean {
  return type === 'BO' || type === 'TO';
}

const sought = new WeakMap<readonly NeedTerm[], readonly SoughtTerm[]>();

// The same need is put together anew for every subject that it is compared with.
function soughtTerms(terms: readonly NeedTerm[], lang: Lang): readonly SoughtTerm[] {
  let found = sought.get(terms);
  if (!found) {
    found = terms.map((term) => ({ ...term, abroad: stemsAbroad(term.word, lang) }));
    sought.set(terms, found);
  }
  return found;
}

function stemsAbroad(word: string, own: Lang): SoughtTerm['abroad'] {
  // Short words mean something else next door («mais», «rang», «fine»), acronyms do not.
  if (word.length < ABROAD_MIN && word !== word.toUpperCase()) return {};
  const folded = fold(word);
  return Object.fromEntries(LANGUAGES.filter((lang) => lang !== own).map((lang) => [lang, stem(folded, lang)]));
}

function homeSectors(concepts: readonly NeedConcept[]): NaceSector[] {
  const taxonomy = Taxonomy.own();
  const divisions = new Set(concepts.slice(0, 3).flatMap((concept) => taxonomy.get(concept.id)?.nace ?? []));
  return [...divisions].flatMap((code) => naceOf({ scheme: 'NACE2.1', code }) ?? []);
}

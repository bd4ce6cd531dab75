import { type Analysis, analyse, analyseIn, GENERIC_WORDS, stem, Taxonomy, type Token } from '#libs/competences';
import type { CompetenceRef, Lang } from '#libs/contracts';
import type { Side } from './candidate.js';
import { linkedConcepts, type NamedCompetence, namedCompetence } from './linking.js';
import { type Profile, profileAround, profileOf, spokenOf } from './profile.js';
import type { Reading } from './reading.js';
import { wishedPlaces } from './wished-places.js';

/** A competence that a need asks for. `weight` 0..1 is how surely; `words` are the need's own. */
export interface NeedConcept {
  id: string;
  weight: number;
  words: string[];
}

/** A word that a need asks for. `concepts`: places of the competences (in the list beside it) that the word led to. */
export interface NeedTerm {
  stem: string;
  word: string;
  weight: number;
  concepts: number[];
}

/** What was understood of a need. */
export interface Understanding {
  lang: Lang;
  concepts: NeedConcept[];
  terms: NeedTerm[];
  /** Countries and territories that the text names. */
  wished: string[];
  /** What it speaks of in the imported taxonomy, where there is one. */
  profile?: Profile;
  /** The concepts of it that were found or given, for people to see. */
  imported?: NeedConcept[];
}

export interface NeedWords {
  text?: string | undefined;
  lang?: Lang | undefined;
  /** Ids, labels, URIs or words that the caller gave: they win over what is recognised in the text. */
  competences?: readonly string[] | undefined;
  /** Competences declared beside the text: they lead, and those recognised in the text follow. */
  declared?: readonly CompetenceRef[] | undefined;
}

const CONCEPTS_MAX = 8;
/** Words of a long text that are looked at, the weightiest. */
const TERMS_MAX = 150;
/** Concepts of an imported taxonomy that a need may speak of: what it means is less sure than what evidence shows. */
const PROFILE_CONCEPTS = 20;
/** And that are shown. */
const SHOWN_CONCEPTS = 8;
/** A word of every field says a third of what another one says. */
const GENERIC = 0.35;
/** A word that led to a competence is surely meant. */
const LED_TO_CONCEPT = 1.25;
/** Recognised in the text beside declared competences. */
const BESIDE_DECLARED = 0.6;

const generic: Record<Lang, ReadonlySet<string>> = {
  it: genericStems('it'),
  en: genericStems('en'),
  de: genericStems('de'),
  fr: genericStems('fr'),
};

/** Language, competences and words of a need. Pure; the taxonomy is the only thing it looks at. */
export function understand(need: NeedWords, reading: Reading): Understanding {
  const taxonomy = Taxonomy.own();
  const hint = need.lang ?? 'it';
  const given = need.competences?.length ? need.competences.map((name) => nameGiven(name, hint, reading)) : undefined;
  const declared = need.declared?.map((ref) => taxonomy.label(ref.id ?? '', hint) ?? ref.label);
  // Without a text the competences' own names are the words to look for.
  const text = need.text ?? (given?.map((one) => one.label) ?? declared ?? []).join('. ');
  const analysis = need.text ? analyse(text, need.lang) : analyseIn(text, hint);
  const { lang, tokens } = analysis;
  const linked = linkedConcepts(text, lang);
  const concepts = given ? resolved(given, linked) : besides(need.declared ?? [], linked);
  const chosen = concepts.slice(0, CONCEPTS_MAX);
  // What is no competence of our own is looked for by its words.
  const foreign = need.text && given ? given.filter(({ own }) => !own) : [];
  const extra = foreign.flatMap((one) => analyseIn(one.label, lang).tokens);
  const wished = need.text ? wishedPlaces(need.text) : [];
  const terms = termsOf([...tokens, ...extra], lang, chosen);
  const imported = given ? importedGiven(given, lang, reading) : importedSpoken(analysis, reading);
  return { lang, concepts: chosen, terms, wished, ...imported };
}

type Given = NamedCompetence & { label: string };
type Imported = Pick<Understanding, 'profile' | 'imported'>;

/** A competence that a caller gave, with its name in their language where it has one. */
export function nameGiven(name: string, lang: Lang, { reference }: Reading): Given {
  const named = namedCompetence(name, reference);
  const { own, imported } = named;
  const label = own ? Taxonomy.own().label(own, lang) : imported && reference?.label(imported, lang);
  // An address that nobody knows here is no word to look for.
  return { ...named, label: label ?? (/^https?:/.test(name) ? '' : name) };
}

function importedSpoken(analysis: Analysis, reading: Reading): Imported {
  const spoken = spokenOf(reading, analysis, PROFILE_CONCEPTS);
  const profile = profileAround(reading, spoken);
  if (!profile) return {};
  const imported = spoken
    .slice(0, SHOWN_CONCEPTS)
    .map(({ id, score, words }) => ({ id, weight: Math.round(score * 1000) / 1000, words }));
  return { profile, imported };
}

function importedGiven(given: readonly Given[], lang: Lang, reading: Reading): Imported {
  const profiles = given.map((one) => profileOf(reading, one.imported ?? '', analyseIn(one.label, lang)));
  const profile = joined(profiles.filter((one) => one !== undefined));
  if (!profile) return {};
  const foreign = given.flatMap(({ name, own, imported, label }) =>
    own || !imported ? [] : [{ id: imported, words: [wordsOf(name, label)] }],
  );
  return { profile, imported: foreign.map((one) => ({ ...one, weight: 1 })) };
}

/** A subject put as a need: the competences it shows best and the words it uses most, to find what it could answer. */
export function understandingOf(side: Side, lang: Lang): Understanding {
  const concepts = [...side.held]
    .sort(([a, x], [b, y]) => y.strength - x.strength || (a < b ? -1 : 1))
    .slice(0, CONCEPTS_MAX)
    .map(([id, held]): NeedConcept => ({ id, weight: held.strength, words: [] }));
  const terms = new Map<string, NeedTerm>();
  for (const one of side.evidence) {
    // Only titles are kept as they were written; the words of longer texts show as stems.
    const written = new Map(analyseIn(one.title ?? '', one.lang).tokens.map((token) => [token.stem, token.surface]));
    for (const [stem, count] of one.stems) {
      const weight = (generic[one.lang].has(stem) ? GENERIC : 1) * (1 + 0.3 * Math.log(count));
      const known = terms.get(stem);
      if (!known) terms.set(stem, { stem, word: written.get(stem) ?? stem, weight, concepts: [] });
      else {
        known.weight += weight / 2;
        if (known.word === stem) known.word = written.get(stem) ?? stem;
      }
    }
  }
  const most = [...terms.values()].sort(
    (a, b) => b.weight - a.weight || b.stem.length - a.stem.length || (a.stem < b.stem ? -1 : 1),
  );
  const profile = joined(side.evidence.flatMap((one) => (one.profile ? [[...one.profile]] : [])));
  return {
    lang: side.evidence[0]?.lang ?? lang,
    concepts,
    terms: most.slice(0, TERMS_MAX),
    wished: [],
    ...(profile ? { profile } : {}),
  };
}

function joined(profiles: readonly Profile[]): Profile | undefined {
  const weights = new Map<string, number>();
  for (const profile of profiles) for (const [id, weight] of profile) weights.set(id, (weights.get(id) ?? 0) + weight);
  const norm = Math.hypot(...weights.values());
  return norm > 0 ? [...weights].map(([id, weight]) => [id, weight / norm]) : undefined;
}

function resolved(given: readonly Given[], linked: readonly NeedConcept[]): NeedConcept[] {
  const found = new Map<string, NeedConcept>();
  for (const { name, own: id, label } of given) {
    if (!id || found.has(id)) continue;
    found.set(id, { id, weight: 1, words: linked.find((one) => one.id === id)?.words ?? [wordsOf(name, label)] });
  }
  return [...found.values()];
}

// An address says nothing to people.
function wordsOf(name: string, label: string): string {
  return /^https?:/.test(name) ? label : name;
}

function besides(declared: readonly CompetenceRef[], linked: readonly NeedConcept[]): NeedConcept[] {
  const found = new Map<string, NeedConcept>();
  for (const { id, label } of declared) if (id) found.set(id, { id, weight: 1, words: [label] });
  const share = found.size > 0 ? BESIDE_DECLARED : 1;
  for (const one of linked) if (!found.has(one.id)) found.set(one.id, { ...one, weight: one.weight * share });
  return [...found.values()];
}

function termsOf(tokens: readonly Token[], lang: Lang, concepts: readonly NeedConcept[]): NeedTerm[] {
  const ledTo = concepts.map((concept) => new Set(concept.words));
  const terms = new Map<string, NeedTerm & { count: number }>();
  for (const token of tokens) {
    const known = terms.get(token.stem);
    const leads = ledTo.flatMap((words, at) => (words.has(token.surface) ? [at] : []));
    if (known) {
      known.count++;
      known.concepts = [...new Set([...known.concepts, ...leads])];
    } else terms.set(token.stem, { stem: token.stem, word: token.surface, weight: 1, concepts: leads, count: 1 });
  }
  return [...terms.values()]
    .map(({ count, ...term }) => {
      const base = generic[lang].has(term.stem) ? GENERIC : 1;
      const weight = base * (term.concepts.length > 0 ? LED_TO_CONCEPT : 1) * (1 + Math.log(count));
      return { ...term, weight: Math.round(weight * 1000) / 1000 };
    })
    .sort((a, b) => b.weight - a.weight || b.stem.length - a.stem.length || (a.stem < b.stem ? -1 : 1))
    .slice(0, TERMS_MAX);
}

function genericStems(lang: Lang): ReadonlySet<string> {
  return new Set(GENERIC_WORDS[lang].map((word) => stem(word, lang)));
}

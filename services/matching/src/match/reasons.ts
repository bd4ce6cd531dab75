import { foldLabel, sectorLabel, Taxonomy, territoryLabel } from '#libs/competences';
import type { Lang, Reason } from '#libs/contracts';
import { EVIDENCE_TEXTS, LEVEL_TEXTS, MEANT_TEXTS, REASON_TEXTS, UNNAMED_TEXTS } from './reason.texts.js';
import type { Contribution } from './score.js';

const TITLE_MAX = 90;
const languageNames: Partial<Record<Lang, Intl.DisplayNames>> = {};

/** What the imported taxonomy calls a concept; undefined where it has none of that id. */
export type ReferenceLabel = (id: string, lang: Lang) => string | undefined;

/** The contributions in the reader's language. Nothing is added or left out: their weights still add up to the score. */
export function reasonsIn(
  lang: Lang,
  contributions: readonly Contribution[],
  referenceLabel: ReferenceLabel,
): Reason[] {
  return contributions.map(({ code, params, weight }) => {
    // The first that has a name: groups of a classification may have come without.
    const ids = (params.through ?? []) as string[];
    const through = ids.map((id) => referenceLabel(id, lang)).find((label) => label !== undefined);
    return { code, params, text: textOf(lang, code, { ...params, through }), weight };
  });
}

/** Competences of a need that a subject does not have, with their names. */
export function labelled(lang: Lang, ids: readonly string[]): { id: string; label: string }[] {
  return ids.map((id) => ({ id, label: Taxonomy.own().label(id, lang) ?? id }));
}

function textOf(lang: Lang, code: string, params: Record<string, unknown>): string {
  const named = params.through !== undefined || (Array.isArray(params.words) && params.words.length > 0);
  const template = (named ? undefined : UNNAMED_TEXTS[code]?.[lang]) ?? REASON_TEXTS[code]?.[lang] ?? code;
  const said = String(params.by ?? params.competence ?? '');
  // The function keeps `$&` in a title from being read as a pattern.
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'evidence' ? evidenceText(lang, params.evidence, said) : valueIn(lang, name, params[name]),
  );
}

/** One value of a parameter in the reader's language: `country`, `territory`, `language`, `sector` and `competence` have names. */
export function valueIn(lang: Lang, name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (name === 'level') return ` (${LEVEL_TEXTS[String(value)]?.[lang] ?? String(value)})`;
  if (name === 'meant') return meantText(lang, value as string[]);
  if (Array.isArray(value))
    return value.map((one) => valueIn(lang, name === 'competences' ? 'competence' : '', one)).join(', ');
  const text = String(value);
  if (name === 'competence' || name === 'by') return Taxonomy.own().label(text, lang) ?? text;
  if (name === 'sector') return sectorLabel(text, lang) ?? text;
  if (name === 'territory' || name === 'country') return territoryLabel(text, lang) ?? text;
  if (name === 'language') {
    languageNames[lang] ??= new Intl.DisplayNames([lang], { type: 'language' });
    return languageNames[lang].of(text) ?? text;
  }
  return text;
}

function meantText(lang: Lang, words: readonly string[]): string {
  return words.length > 0 ? `${MEANT_TEXTS[lang]}${words.join(', ')}` : '';
}

/** Which evidence it is. A competence that is declared by the very name that the reason says (`said`: its id) needs no title. */
function evidenceText(lang: Lang, evidence: unknown, said: string): string {
  const { kind, title } = evidence as { kind: string; title: string | null };
  const name = EVIDENCE_TEXTS[kind]?.[lang] ?? kind;
  if (!title || foldLabel(title) === foldLabel(Taxonomy.own().label(said, lang) ?? '')) return ` – ${name}`;
  return ` – ${name} «${title.length > TITLE_MAX ? `${title.slice(0, TITLE_MAX - 1).trimEnd()}…` : title}»`;
}

import { sectorLabel, Taxonomy, territoryLabel } from '#libs/competences';
import type { Lang, Reason } from '#libs/contracts';
import { EVIDENCE_TEXTS, LEVEL_TEXTS, MEANT_TEXTS, REASON_TEXTS } from './reason.texts.js';
import type { Contribution } from './score.js';

const TITLE_MAX = 90;
const languageNames: Partial<Record<Lang, Intl.DisplayNames>> = {};

/** The contributions in the reader's language. Nothing is added or left out: their weights still add up to the score. */
export function reasonsIn(lang: Lang, contributions: readonly Contribution[]): Reason[] {
  return contributions.map(({ code, params, weight }) => ({ code, params, text: textOf(lang, code, params), weight }));
}

/** Competences of a need that a subject does not have, with their names. */
export function labelled(lang: Lang, ids: readonly string[]): { id: string; label: string }[] {
  return ids.map((id) => ({ id, label: Taxonomy.own().label(id, lang) ?? id }));
}

function textOf(lang: Lang, code: string, params: Record<string, unknown>): string {
  const template = REASON_TEXTS[code]?.[lang] ?? code;
  // The function keeps `$&` in a title from being read as a pattern.
  return template.replace(/\{(\w+)\}/g, (_, name: string) => shown(lang, name, params[name]));
}

function shown(lang: Lang, name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (name === 'evidence') return evidenceText(lang, value as { kind: string; title: string | null });
  if (name === 'level') return ` (${LEVEL_TEXTS[String(value)]?.[lang] ?? String(value)})`;
  if (name === 'meant') return meantText(lang, value as string[]);
  if (Array.isArray(value))
    return value.map((one) => shown(lang, name === 'competences' ? 'competence' : '', one)).join(', ');
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

function evidenceText(lang: Lang, { kind, title }: { kind: string; title: string | null }): string {
  const name = EVIDENCE_TEXTS[kind]?.[lang] ?? kind;
  if (!title) return ` – ${name}`;
  return ` – ${name} «${title.length > TITLE_MAX ? `${title.slice(0, TITLE_MAX - 1).trimEnd()}…` : title}»`;
}

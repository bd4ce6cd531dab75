import type { Lang } from '#libs/contracts';
import { CONCEPTS } from '../concepts.js';
import divisions from '../divisions.json' with { type: 'json' };
import type { LexiconSource } from './train.js';

/** What the shipped lexicon is learned from: the names of the project's own competences and of the sectors. */
export function ownLexiconSource(): LexiconSource[] {
  const sectors = divisions.map((division: Record<Lang, string>) => ({
    labels: { it: [division.it], en: [division.en], de: [division.de], fr: [division.fr] },
  }));
  return [...CONCEPTS, ...sectors];
}

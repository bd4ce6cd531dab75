import { Taxonomy } from '#libs/competences';
import type { Lang, MatchAnswer, MatchRequest } from '#libs/contracts';
import type { Question } from './question.js';
import type { Reading } from './reading.js';

type Understood = MatchAnswer['understood'];

/** What was understood of a question, for the caller to see and correct. */
export function understoodIn(
  lang: Lang,
  { need, answering, prefer }: Question,
  { seek }: Pick<MatchRequest, 'seek'>,
  { reference }: Reading,
): Understood {
  const taxonomy = Taxonomy.own();
  const shown = (source: 'own' | 'imported', labelOf: (id: string) => string | undefined) => {
    return ({ id, words, weight }: { id: string; words: string[]; weight: number }) => ({
      id,
      label: labelOf(id) ?? id,
      words,
      weight: Math.round(weight * 1000) / 1000,
      source,
    });
  };
  return {
    lang: need.lang,
    competences: [
      ...need.concepts.map(shown('own', (id) => taxonomy.label(id, lang))),
      ...need.imported.map(shown('imported', (id) => reference?.label(id, lang))),
    ],
    prefer: (answering ? prefer : need.prefer) ?? 'none',
    country: need.country,
    partners: seek === 'partners' ? (need.alike ? 'alike' : 'complementary') : null,
  };
}

import type { Contribution } from './score.js';

/** Competences and pieces of evidence whose reasons stand on their own; the rest is told in one. */
const SHOWN = { competences: 3, text: 2 };
const WORDS_MAX = 8;

/** The same contributions in few: the best of each part as they are, the many small ones as one reason that weighs what they weigh together. */
export function folded(all: readonly Contribution[]): Contribution[] {
  const sorted = all.toSorted((a, b) => b.weight - a.weight);
  const competences = sorted.filter((one) => one.part === 'competences' && 'evidence' in one.params);
  const text = sorted.filter((one) => one.part === 'text' && 'evidence' in one.params);
  const shown = [...new Set(text.map(evidenceOf))].slice(0, SHOWN.text);
  const more = [
    ...rest(competences.slice(SHOWN.competences), 'competences-more', (list) => ({
      count: list.length,
      competences: list.map((one) => one.params.competence),
    })),
    ...rest(
      text.filter((one) => !shown.includes(evidenceOf(one))),
      'text-more',
      (list) => ({
        count: new Set(list.map(evidenceOf)).size,
        words: [...new Set(list.flatMap(({ params }) => [params.words ?? [], params.meant ?? []].flat()))].slice(
          0,
          WORDS_MAX,
        ),
      }),
    ),
  ];
  const inside = new Set(more.flatMap((one) => one.of));
  return [...sorted.filter((one) => !inside.has(one)), ...more.map((one) => one.reason)];
}

function evidenceOf({ params }: Contribution): string {
  return (params.evidence as { id: string }).id;
}

function rest(
  of: readonly Contribution[],
  code: string,
  paramsOf: (list: readonly Contribution[]) => Contribution['params'],
): { of: readonly Contribution[]; reason: Contribution }[] {
  // A single one is as short by itself.
  if (of.length < 2) return [];
  const weight = of.reduce((sum, one) => sum + one.weight, 0);
  return [{ of, reason: { part: of[0]!.part, code, params: paramsOf(of), weight } }];
}

export const PARTS = ['competences', 'text', 'sector', 'territory', 'language', 'availability'] as const;
export type Part = (typeof PARTS)[number];

export const VERDICTS = ['strong', 'good', 'fair', 'faint'] as const;

/** The word for a score between 0 and 1. */
export function verdict(score: number): (typeof VERDICTS)[number] {
  if (score >= 0.7) return 'strong';
  if (score >= 0.5) return 'good';
  return score >= 0.3 ? 'fair' : 'faint';
}

/** Score and parts as whole numbers of a hundred that add up also after rounding: what is left over goes where rounding took most. */
export function rounded(score: number, parts: Record<Part, number>): { score: number; parts: Record<Part, number> } {
  const total = Math.round(score * 100);
  const down = PARTS.map((part) => ({ part, whole: Math.floor(parts[part] * 100), rest: (parts[part] * 100) % 1 }));
  let over = total - down.reduce((sum, { whole }) => sum + whole, 0);
  for (const one of [...down].sort((a, b) => b.rest - a.rest)) {
    if (over <= 0) break;
    if (one.rest === 0) continue;
    one.whole++;
    over--;
  }
  return {
    score: total,
    parts: Object.fromEntries(down.map(({ part, whole }) => [part, whole])) as Record<Part, number>,
  };
}

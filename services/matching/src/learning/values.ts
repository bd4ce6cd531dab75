import type { ScorePart } from '#libs/contracts';

/** Values (0..1) of the parts of a score before they were weighted. What has no weight leaves no trace of its value. */
export function valuesOf(
  parts: Readonly<Record<ScorePart, number>>,
  weights: Readonly<Record<ScorePart, number>>,
): Record<string, number> {
  const known = (Object.keys(parts) as ScorePart[]).filter((part) => weights[part] > 0);
  return Object.fromEntries(
    known.map((part) => [part, Math.min(1, Math.round((parts[part] / weights[part]) * 10_000) / 10_000)]),
  );
}

import type { SizeClass } from '#libs/contracts';

/** Size class by head count alone, after Recommendation 2003/361/EC. Turnover and balance, its other half, are not known. */
export function sizeClassOf(people: number | null): SizeClass | null {
  if (people === null) return null;
  if (people < 10) return 'micro';
  if (people < 50) return 'small';
  return people < 250 ? 'medium' : 'large';
}

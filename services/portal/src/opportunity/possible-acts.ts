import type { Opportunity } from './opportunity.queries.js';

export type Act = 'publish' | 'hold' | 'renew' | 'archive';

/** What its owner may do with a need or an offer, the most obvious first. The platform decides; this keeps the buttons few. */
export function possibleActs({ state, renewed }: Pick<Opportunity, 'state' | 'renewed'>): readonly Act[] {
  if (state === 'archived') return [];
  const acts: Act[] = [];
  if (state === 'draft' || state === 'on-hold') acts.push('publish');
  if ((state === 'published' || state === 'expired') && !renewed) acts.push('renew');
  if (state === 'published') acts.push('hold');
  return [...acts, 'archive'];
}

/** What an act makes of it, as far as one can tell without the platform. */
export function stateAfter(act: Act): Opportunity['state'] {
  if (act === 'archive') return 'archived';
  return act === 'hold' ? 'on-hold' : 'published';
}

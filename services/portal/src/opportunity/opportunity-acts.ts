import type { Schemas } from '../api/client.js';

type Opportunity = Schemas['Opportunity'];
export type Act = 'publish' | 'hold' | 'renew' | 'archive';

/** How long before its end one is asked whether it is to go on. */
const SOON_DAYS = 60;
const DAY = 86_400_000;

/** What can be done with an entry, the most likely first. Renewing is offered when the end is near: it is possible once. */
export function actsOf(
  { state, renewed, expiresAt }: Pick<Opportunity, 'state' | 'renewed' | 'expiresAt'>,
  now: Date,
): Act[] {
  const near = expiresAt !== null && new Date(expiresAt).getTime() - now.getTime() < SOON_DAYS * DAY;
  const renew: Act[] = !renewed && near ? ['renew'] : [];
  switch (state) {
    case 'draft':
    case 'on-hold':
      return ['publish', 'archive'];
    case 'published':
      return [...renew, 'hold', 'archive'];
    case 'expired':
      return [...renew, 'archive'];
    case 'under-review':
      return ['archive'];
    default:
      return [];
  }
}

/** Whole days until an entry ends. */
export function daysLeft(expiresAt: string, now: Date): number {
  return Math.ceil((new Date(expiresAt).getTime() - now.getTime()) / DAY);
}

const AFTER: Record<Act, Opportunity['state']> = {
  publish: 'published',
  hold: 'on-hold',
  renew: 'published',
  archive: 'archived',
};

/** The entry as it will be, shown before the platform has answered. */
export function after(entry: Opportunity, act: Act): Opportunity {
  return { ...entry, state: AFTER[act], renewed: entry.renewed || act === 'renew' };
}

import { regionOf } from '#libs/competences';
import type { Card, Counterpart, Party } from '#libs/contracts';

/** What decides whether the owner of the opportunity is unnamed to the other side. */
interface Secrecy {
  anonymous: boolean;
  acceptedAt: Date | null;
  ownerId: string;
}

/** Whether the firm that owns the opportunity is still to stay unnamed. Once both have accepted its name is known and cannot be taken back. */
export const ownerHidden = ({ anonymous, acceptedAt }: Pick<Secrecy, 'anonymous' | 'acceptedAt'>): boolean =>
  anonymous && acceptedAt === null;

/**
 * One side of an interest as somebody else sees it: the one place that decides what is hidden. `card` is what its owner says of it, undefined when it
 * is gone or no longer shown. `forStaff` sees everything.
 */
export function counterpartOf(
  interest: Secrecy,
  party: Party,
  card: Card | undefined,
  forStaff: boolean,
): Omit<Counterpart, 'contact'> {
  const type = party.kind === 'firm' ? 'company' : 'expert';
  const hidden = !forStaff && ownerHidden(interest) && party.kind === 'firm' && party.id === interest.ownerId;
  const country = card?.country ?? null;
  const territory = card?.territory ?? null;
  if (!hidden) return { type, id: party.id, name: card?.name ?? null, country, territory };
  return { type, id: null, name: null, country, territory: territory && regionOf(territory) };
}

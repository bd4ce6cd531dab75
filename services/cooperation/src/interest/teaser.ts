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
  const hidden = !forStaff && ownerHidden(interest) && party.kind === 'firm' && party.id === interest.ownerId;
  const shown = partyShown(party, card);
  if (!hidden) return shown;
  return { ...shown, id: null, name: null, territory: shown.territory && regionOf(shown.territory) };
}

/** A firm or an expert by its card. */
export function partyShown({ kind, id }: Party, card: Card | undefined): Omit<Counterpart, 'contact'> {
  const { name = null, country = null, territory = null } = card ?? {};
  return { type: kind === 'firm' ? 'company' : 'expert', id, name, country, territory };
}

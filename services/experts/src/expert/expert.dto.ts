import {
  type Actor,
  type Address,
  type Card,
  type ExpertFacts,
  type Expert as ExpertView,
  mayActFor,
} from '#libs/contracts';
import type { Expert } from './expert.entity.js';

/** An expert as the actor may see them. */
export function expertView(expert: Expert, actor: Actor): ExpertView {
  const view = {
    ...expertFacts(expert),
    name: expert.name,
    affiliation: expert.affiliation,
    orcid: expert.orcid,
    website: expert.website,
    createdAt: expert.createdAt.toISOString(),
    updatedAt: expert.updatedAt.toISOString(),
  };
  return mayActFor(actor, 'expert', expert.id, expert) ? { ...view, contact: expert.contact } : view;
}

/** What matching indexes of a listed expert; of one who is not, that they are not. */
export function expertFacts(expert: Expert): ExpertFacts {
  const { id, revision, country, role, territory, territories, languages, text } = expert;
  const { competences, evidence, capacity, away, listed } = expert;
  return {
    ...{ id, revision, country, role, territory, territories, languages, text },
    ...{ competences, evidence, capacity, away, listed },
  };
}

export function expertCard({
  id,
  name,
  country,
  territory,
  affiliation,
}: Pick<Expert, 'id' | 'name' | 'country' | 'territory' | 'affiliation'>): Card & { affiliation: string | null } {
  return { id, name, country, territory, affiliation };
}

export function expertAddress({ id, name, contact, languages }: Expert): Address {
  return { id, name, email: contact?.email ?? null, lang: languages[0] ?? 'it' };
}

/** Whether the actor sees the expert at all: without consent to be listed only the expert and those who keep the platform's contents do. */
export function maySee(
  { id, listed, country, territory }: Pick<Expert, 'id' | 'listed' | 'country' | 'territory'>,
  actor: Actor,
): boolean {
  return listed || mayActFor(actor, 'expert', id, { country, territory });
}

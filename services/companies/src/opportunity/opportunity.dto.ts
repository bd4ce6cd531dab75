import {
  type Actor,
  mayActFor,
  type OpportunityCard,
  type OpportunityFacts,
  type Opportunity as OpportunityView,
  type Place,
} from '#libs/contracts';
import { companyCard } from '../company/company.dto.js';
import type { Company } from '../company/company.entity.js';
import { coarsePlace, coarseSectors } from './anonymity.js';
import type { Opportunity } from './opportunity.entity.js';

/** An opportunity as the caller may see it: of an anonymous one only its firm and coordinators see whose it is. */
export function opportunityView(opportunity: Opportunity, actor: Actor, place: Place | null): OpportunityView {
  const { companyId, sectors, anonymous } = opportunity;
  const view = { ...plainView(opportunity), companyId };
  if (!anonymous || mayActFor(actor, 'firm', companyId, place)) return view;
  return { ...view, companyId: null, sectors: coarseSectors(sectors) };
}

function plainView(opportunity: Opportunity): Omit<OpportunityView, 'companyId'> {
  const { id, revision, state, type, title, summary, lang, text, competences, sectors } = opportunity;
  const { prefer, stage, trl, ipStatus, openForInterest, anonymous, renewed } = opportunity;
  const { publishedAt, expiresAt, createdAt, updatedAt } = opportunity;
  return {
    ...{ id, revision, state, type, title, summary, lang, text, competences, sectors },
    ...{ prefer, stage, trl, ipStatus, openForInterest, anonymous, renewed },
    publishedAt: publishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** What services need. The sectors are the company's own where the opportunity names none; what could give an unnamed firm away is coarse from here on. */
export function opportunityFacts(opportunity: Opportunity, company: Company): OpportunityFacts {
  const { id, revision, state, type, title, summary, lang, text } = plainView(opportunity);
  const { competences, prefer, expiresAt, openForInterest, anonymous } = plainView(opportunity);
  const sectors = opportunity.sectors.length > 0 ? opportunity.sectors : company.sectors;
  return {
    ...{ id, revision, companyId: opportunity.companyId, state, type, title, summary, lang, text },
    ...{ competences, prefer, expiresAt, openForInterest, anonymous },
    sectors: anonymous ? coarseSectors(sectors) : sectors,
    ...placeOf(opportunity, company),
    languages: company.languages,
  };
}

export function opportunityCard(opportunity: Opportunity, company: Company): OpportunityCard {
  const { id, type, state, title, summary, lang, expiresAt, anonymous } = plainView(opportunity);
  return {
    ...{ id, type, state, title, summary, lang, expiresAt, anonymous },
    ...placeOf(opportunity, company),
    company: anonymous ? null : companyCard(company),
  };
}

function placeOf({ anonymous }: Opportunity, { country, territory }: Company) {
  return { country, territory: anonymous ? coarsePlace(territory) : territory };
}

import type { OpportunityCard, OpportunityFacts, Opportunity as OpportunityView } from '#libs/contracts';
import { companyCard } from '../company/company.dto.js';
import type { Company } from '../company/company.entity.js';
import type { Opportunity } from './opportunity.entity.js';

export function opportunityView(opportunity: Opportunity): OpportunityView {
  const { id, revision, companyId, state, type, title, summary, lang, text, competences, sectors } = opportunity;
  const { prefer, stage, trl, ipStatus, openForInterest, renewed } = opportunity;
  const { publishedAt, expiresAt, createdAt, updatedAt } = opportunity;
  return {
    ...{ id, revision, companyId, state, type, title, summary, lang, text, competences, sectors },
    ...{ prefer, stage, trl, ipStatus, openForInterest, renewed },
    publishedAt: publishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** What matching needs. The sectors are the company's own where the opportunity names none. */
export function opportunityFacts(opportunity: Opportunity, company: Company): OpportunityFacts {
  const { id, revision, companyId, state, type, title, summary, lang, text } = opportunityView(opportunity);
  const { competences, sectors, prefer, expiresAt, openForInterest } = opportunityView(opportunity);
  return {
    ...{ id, revision, companyId, state, type, title, summary, lang, text },
    ...{ competences, prefer, expiresAt, openForInterest },
    sectors: sectors.length > 0 ? sectors : company.sectors,
    country: company.country,
    territory: company.territory,
    languages: company.languages,
  };
}

export function opportunityCard(opportunity: Opportunity, company: Company): OpportunityCard {
  const { id, type, state, title, summary, lang, expiresAt } = opportunityView(opportunity);
  return { id, type, state, title, summary, lang, expiresAt, company: companyCard(company) };
}

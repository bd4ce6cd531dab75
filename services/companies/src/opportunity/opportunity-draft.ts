import type { OpportunityPatch } from '#libs/contracts';
import { keptCompetences, type PointedError } from '#libs/records';
import { keptSectors } from '../company/sectors.js';
import type { Opportunity } from './opportunity.entity.js';

/** The columns that an input sets, and what is wrong with it. `lang` is the language in which the opportunity is written. */
export function draftOpportunity(
  input: OpportunityPatch,
  lang: Opportunity['lang'],
): { changes: Partial<Opportunity>; errors: PointedError[] } {
  const { competences, sectors, ...plain } = input;
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  const changes: Partial<Opportunity> = Object.fromEntries(given);
  if (competences) changes.competences = keptCompetences(competences, lang);
  if (!sectors) return { changes, errors: [] };
  const kept = keptSectors(sectors);
  return { changes: { ...changes, sectors: kept.sectors }, errors: kept.errors };
}

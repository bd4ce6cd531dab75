import { z } from 'zod';
import {
  cardSchema,
  companySchema,
  evidenceSchema,
  expertSchema,
  noticeSchema,
  opportunitySchema,
  reasonSchema,
  understoodSchema,
} from '#libs/contracts';

const NAMED: Record<string, z.ZodType> = {
  Company: companySchema,
  Opportunity: opportunitySchema,
  Expert: expertSchema,
  Evidence: evidenceSchema,
  Card: cardSchema,
  Reason: reasonSchema,
  Understood: understoodSchema,
  Notice: noticeSchema,
};

/** Gives the schemas of answers the names that a generated client will know them by. */
export function nameSchemas(): void {
  for (const [id, schema] of Object.entries(NAMED)) {
    if (!z.globalRegistry.has(schema) || !z.globalRegistry.get(schema)?.id)
      z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
  }
}

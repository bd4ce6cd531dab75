import { z } from 'zod';
import {
  companyCreateSchema,
  companyPatchSchema,
  companySchema,
  disclosureSchema,
  evidenceSchema,
  expertCreateSchema,
  expertPatchSchema,
  expertSchema,
  explainRequestSchema,
  interestSchema,
  matchRequestSchema,
  muteSchema,
  noticeSchema,
  obstacleSchema,
  opportunityCreateSchema,
  opportunityPatchSchema,
  opportunitySchema,
  preferencesSchema,
  reasonSchema,
  suggestionSchema,
  understoodSchema,
  webhookCreateSchema,
  webhookDeliverySchema,
  webhookSchema,
  webhookWithSecretSchema,
  weightsListSchema,
} from '#libs/contracts';
import { countedLoadSchema } from '../interest/load.controller.js';
import { namedExplainAnswerSchema, namedMatchAnswerSchema, namedSuggestionPageSchema } from '../match/match.dto.js';

const NAMED: Record<string, z.ZodType> = {
  Company: companySchema,
  CompanyCreate: companyCreateSchema,
  CompanyPatch: companyPatchSchema,
  OpportunityCreate: opportunityCreateSchema,
  OpportunityPatch: opportunityPatchSchema,
  ExpertCreate: expertCreateSchema,
  ExpertPatch: expertPatchSchema,
  MatchRequest: matchRequestSchema,
  MatchAnswer: namedMatchAnswerSchema,
  ExplainRequest: explainRequestSchema,
  ExplainAnswer: namedExplainAnswerSchema,
  Obstacle: obstacleSchema,
  SuggestionPage: namedSuggestionPageSchema,
  Suggestion: suggestionSchema,
  Opportunity: opportunitySchema,
  Expert: expertSchema,
  Evidence: evidenceSchema,
  Reason: reasonSchema,
  Understood: understoodSchema,
  Notice: noticeSchema,
  Mute: muteSchema,
  Webhook: webhookSchema,
  WebhookCreate: webhookCreateSchema,
  WebhookWithSecret: webhookWithSecretSchema,
  WebhookDelivery: webhookDeliverySchema,
  Preferences: preferencesSchema,
  Interest: interestSchema,
  Disclosure: disclosureSchema,
  Load: countedLoadSchema,
  WeightsList: weightsListSchema,
};

/** Gives the schemas the names that a generated client will know them by. */
export function nameSchemas(): void {
  for (const [id, schema] of Object.entries(NAMED)) {
    if (!z.globalRegistry.has(schema) || !z.globalRegistry.get(schema)?.id)
      z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
  }
}

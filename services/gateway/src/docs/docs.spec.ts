import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import {
  companyCreateSchema,
  companyPatchSchema,
  expertCreateSchema,
  expertPatchSchema,
  explainRequestSchema,
  matchRequestSchema,
  opportunityCreateSchema,
  opportunityPatchSchema,
  webhookCreateSchema,
} from '#libs/contracts';
import { describeOffline } from './offline.js';

interface Operation {
  operationId: string;
  tags: string[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: { $ref?: string }; example?: unknown }> };
  responses: Record<string, unknown>;
}

describe('The API description', () => {
  let document: Awaited<ReturnType<typeof describeOffline>>;
  let operations: Operation[];

  beforeAll(async () => {
    document = await describeOffline();
    operations = Object.values(document.paths).flatMap((path) => Object.values(path) as Operation[]);
  });

  it('in the repository is the one of this code (`npm run openapi` writes it)', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../../../docs/openapi.json'), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('names each operation once and describes its refusals', () => {
    const ids = operations.map((operation) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses, tags } of operations) {
      expect(tags).toHaveLength(1);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '404', 'default']));
    }
  });

  it('refers to nothing that it does not contain', () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/([^"]*)"/g)].map((match) => match[1]);
    const schemas = Object.keys(document.components?.schemas ?? {}).map((name) => `components/schemas/${name}`);
    expect(names.filter((name) => !schemas.includes(name ?? ''))).toEqual([]);
  });

  it('gives examples that its own schemas accept', () => {
    const schemas: Record<string, z.ZodType> = {
      CompanyCreate: companyCreateSchema,
      CompanyPatch: companyPatchSchema,
      OpportunityCreate: opportunityCreateSchema,
      OpportunityPatch: opportunityPatchSchema,
      ExpertCreate: expertCreateSchema,
      ExpertPatch: expertPatchSchema,
      MatchRequest: matchRequestSchema,
      ExplainRequest: explainRequestSchema,
      WebhookCreate: webhookCreateSchema,
    };
    const seen = operations.flatMap(({ requestBody }) => {
      const { schema, example } = requestBody?.content['application/json'] ?? {};
      const name = schema?.$ref?.split('/').at(-1);
      if (!name) return [];
      expect(schemas[name]?.safeParse(example)).toMatchObject({ success: true });
      return [name];
    });
    expect(seen.sort()).toEqual(Object.keys(schemas).sort());
  });
});

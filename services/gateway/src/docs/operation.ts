import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { PROBLEM_STATUS, type ProblemCode, problemErrorSchema } from '#libs/contracts';

interface Described {
  /** Stable: generated clients call it by this name. */
  id: string;
  tag: string;
  summary: string;
  ok?: z.ZodType;
  created?: z.ZodType;
  /** Begun; where to look for its end is in `Location`. */
  accepted?: z.ZodType;
  example?: object;
  /** Media type of an answer that does not end. */
  stream?: string;
  ifMatch?: 'required' | 'optional';
}

/** Where an operation keeps the example of its body until the description is finished. */
export const EXAMPLE = 'x-example';

/** An error answer (RFC 9457). */
export const problemSchema = z.object({
  type: z.string().describe('`/problems/` and the code'),
  title: z.string().describe("What it is, in the caller's language"),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  errors: z.array(problemErrorSchema).describe('What is wrong with which field'),
  requestId: z.string(),
});

const problem = (status: number | 'default', description: string): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

const header = (name: string, description: string, required = false): MethodDecorator =>
  ApiHeader({ name, description, required, schema: { type: 'string' } });

/** What the API description says of a route. The parameters' schemas it takes from the route itself. */
export function Operation(described: Described): MethodDecorator {
  const { id, tag, summary, example, ifMatch, created, stream } = described;
  const refusals = [
    problem(400, 'Not valid'),
    problem(401, 'No valid token'),
    problem(403, 'Not allowed'),
    problem(404, "Not found, or none of the caller's business"),
    problem('default', 'Any other problem; `code` says which'),
  ];
  if (ifMatch) {
    refusals.push(header('If-Match', 'ETag of the object as you know it', ifMatch === 'required'));
    refusals.push(problem(412, 'Changed meanwhile'));
  }
  if (ifMatch === 'required') refusals.push(problem(428, 'If-Match is missing'));
  // What only deletes is safe to repeat as it is.
  if (created || described.accepted || (example && ifMatch)) {
    refusals.push(header('Idempotency-Key', 'Makes the request safe to repeat: 1 to 200 printable characters'));
    refusals.push(problem(409, 'Exists already, or not possible in the present state'));
    refusals.push(problem(422, 'The Idempotency-Key was used for other data'));
  }
  if (stream) refusals.push(header('Last-Event-ID', 'Id of the last event that was received'));
  return applyDecorators(
    RouteConfig({ operation: id }),
    ApiOperation({ operationId: id, summary, tags: [tag], ...(example && { [EXAMPLE]: example }) }),
    success(described),
    ...refusals,
  );
}

function success({ created, accepted, ok, stream }: Described): MethodDecorator {
  if (created)
    return ApiResponse({ status: 201, description: 'Created; `Location` says where', standardSchema: created });
  if (accepted)
    return ApiResponse({ status: 202, description: 'Begun; `Location` says where', standardSchema: accepted });
  if (ok) return ApiResponse({ status: 200, description: 'Done', standardSchema: ok });
  if (!stream) return ApiResponse({ status: 204, description: 'Done' });
  const content = { [stream]: { schema: { type: 'string' as const } } };
  return ApiResponse({ status: 200, description: 'Open until either side ends it', content });
}

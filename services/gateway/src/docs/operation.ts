import { applyDecorators } from '@nestjs/common';
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

/** What the API description says of a route. The parameters' schemas it takes from the route itself. */
export function Operation({ id, tag, summary, ok, created, example, stream, ifMatch }: Described): MethodDecorator {
  const refusals: Record<number, string> = {
    400: 'Not valid',
    401: 'No valid token',
    404: 'Not found, or none of the caller’s business',
  };
  if (ifMatch) refusals[412] = 'Changed meanwhile';
  if (ifMatch === 'required') refusals[428] = 'If-Match is missing';
  const success = created
    ? ApiResponse({ status: 201, description: 'Created; `Location` says where', standardSchema: created })
    : ok
      ? ApiResponse({ status: 200, description: 'Done', standardSchema: ok })
      : stream
        ? ApiResponse({
            status: 200,
            description: 'Open until either side ends it',
            content: { [stream]: { schema: { type: 'string' } } },
          })
        : ApiResponse({ status: 204, description: 'Done' });
  return applyDecorators(
    ApiOperation({ operationId: id, summary, tags: [tag], ...(example && { [EXAMPLE]: example }) }),
    success,
    ...Object.entries(refusals).map(([status, description]) =>
      ApiResponse({
        status: Number(status),
        description,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
    ...(ifMatch
      ? [
          ApiHeader({
            name: 'If-Match',
            required: ifMatch === 'required',
            description: 'ETag of the object as you know it',
            schema: { type: 'string' },
          }),
        ]
      : []),
    ...(created
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            description: 'Makes the request safe to repeat',
            schema: { type: 'string', maxLength: 200 },
          }),
        ]
      : []),
  );
}

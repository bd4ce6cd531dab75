import { z } from 'zod';

/** One thing that is wrong with the input. `pointer` is a JSON Pointer (RFC 6901) into the body, `?name` for a query parameter, `:name` for a part of the path, or the name of a header. */
export const problemErrorSchema = z.object({ pointer: z.string(), detail: z.string() });

/** Stable codes of the errors that a caller can meet, with their HTTP status. */
export const PROBLEM_STATUS = {
  'invalid-body': 400,
  'invalid-query': 400,
  'invalid-path': 400,
  'invalid-header': 400,
  'malformed-json': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  duplicate: 409,
  'revision-mismatch': 412,
  'payload-too-large': 413,
  'uri-too-long': 414,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'wrong-state': 409,
  'if-match-required': 428,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
  timeout: 504,
} as const;
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** What travels between services when a request is refused; the gateway makes problem+json (RFC 9457) of it. */
export const problemSchema = z.object({
  code: z.enum(Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  errors: z.array(problemErrorSchema).default([]),
});
export type ProblemBody = z.infer<typeof problemSchema>;

/** An error whose cause lies with the caller or the moment, not with the code: it is answered, never logged as ERROR. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors: { pointer: string; detail: string }[] = [],
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }
  get status(): number {
    return PROBLEM_STATUS[this.code];
  }
  toBody(): ProblemBody {
    return { code: this.code, detail: this.detail, errors: this.errors };
  }
}

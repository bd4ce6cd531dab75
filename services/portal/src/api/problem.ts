import type { components } from './openapi.js';

type ProblemBody = components['schemas']['Problem'];
export type ProblemCode = ProblemBody['code'] | 'offline' | 'unreadable';

/** Longer than this nobody is made to wait without a word of their own. */
const RETRY_MAX_SECONDS = 60;

/** An answer of the API that is none (RFC 9457), or none at all. What is wrong with which field is in `errors`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ProblemCode,
    readonly title: string,
    readonly detail: string,
    readonly status = 0,
    readonly errors: readonly { pointer: string; detail: string }[] = [],
    readonly requestId?: string,
    /** Seconds after which the platform asked us to come back. */
    readonly retryAfter?: number,
  ) {
    super(`${code}: ${detail}`);
  }

  /** Whether the same request may succeed a little later, and may be sent again. */
  get passing(): boolean {
    return [0, 429, 502, 503, 504].includes(this.status);
  }
}

/** What an answer other than 2xx says. Something in front of the platform may answer in its own words; they are not shown. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = retryAfterOf(response.headers.get('retry-after'));
  const type = response.headers.get('content-type') ?? '';
  const body = type.includes('json') ? await response.json().catch(() => undefined) : undefined;
  if (!isProblem(body))
    return new ProblemError('unreadable', '', `HTTP ${response.status}`, response.status, [], undefined, retryAfter);
  return new ProblemError(body.code, body.title, body.detail, response.status, body.errors, body.requestId, retryAfter);
}

/** `Retry-After` in seconds, within reason; a date in it means a platform in front of this one, which is not believed. */
export function retryAfterOf(header: string | null): number | undefined {
  if (header === null || !/^\d{1,6}$/.test(header)) return undefined;
  return Math.min(Number(header), RETRY_MAX_SECONDS);
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'errors' in body;
}

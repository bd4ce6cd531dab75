import createClient, { type Middleware } from 'openapi-fetch';
import { language } from '../i18n/language.js';
import { currentRole, signedInAgain } from '../session/session.store.js';
import type { components, paths } from './openapi.js';
import { ProblemError, problemOf } from './problem.js';

/** What the API speaks of, by the names of its description. */
export type Schemas = components['schemas'];

/** An answer is awaited this long; the gateway itself gives up earlier. */
const PATIENCE_MS = 20_000;

/** What each request carries: the reader's language, the role it is asked in, and the mark that pages of other sites cannot send. */
const dress: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language());
    const role = currentRole();
    if (role) request.headers.set('X-Ceresio-Role', role);
    if (request.method !== 'GET') request.headers.set('X-Ceresio-Csrf', '1');
  },
};

/** A page of a list: `useInfiniteQuery` takes its `nextCursor`. */
export const nextCursor = (page: { nextCursor?: string | null }): string | undefined => page.nextCursor ?? undefined;

/** Sends a request; where the session is lost, waits until the reader has signed in again and sends it once more, so that nothing typed is lost. */
async function patient(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await send(request);
  if (response.status !== 401) return checked(response);
  if (!(await signedInAgain())) throw await problemOf(response);
  return checked(await send(again));
}

/** For what asks whether anybody is signed in at all, to which 401 is an answer. */
async function plain(request: Request): Promise<Response> {
  return checked(await send(request));
}

async function send(request: Request): Promise<Response> {
  // A stream stays open; everything else has an end.
  const stream = request.headers.get('Accept') === 'text/event-stream';
  const signal = stream ? request.signal : AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return await fetch(request, { signal });
  } catch (error) {
    // Who has left the screen wants no message.
    if (request.signal.aborted) throw error;
    throw new ProblemError('offline', '', String(error));
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await problemOf(response);
}

interface Actor {
  kind: 'firm' | 'expert' | 'facilitator' | 'coordinator' | 'admin' | 'account';
  id?: string;
  role?: 'owner' | 'editor';
  cluster?: string;
  territories?: string[];
  scopes?: string[];
}

/** Who is signed in, as one of their roles. */
export interface Session {
  actor: Actor;
  role: string;
  roles: string[];
}

/** Sign-in is no part of the described API: these two stand here, and nothing else does. */
interface SessionPaths {
  '/auth/session': { get: { responses: { 200: { content: { 'application/json': Session } } } } };
  '/auth/logout': { post: { responses: { 200: { content: { 'application/json': { issuer: string | null } } } } } };
}

const settings = { baseUrl: window.location.origin };

/** The API. An answer other than 2xx is thrown as ProblemError; see `data()`. */
export const api = createClient<paths>({ ...settings, fetch: patient });
/** Sign-in. */
export const sessionApi = createClient<SessionPaths>({ ...settings, fetch: plain });
api.use(dress);
sessionApi.use(dress);

/** The body of an answer: `data(api.GET('/v1/…', …))`. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  // Everything that is no success has been thrown by now; 204 has no body, and its type says so.
  return (await answer).data as T;
}

/** The header by which a change says which state of the thing it changes. */
export const ifMatch = ({ revision }: { revision: number }) => ({ 'If-Match': `"${revision}"` });

/** The header that makes a write safe to repeat; the key comes from `useWrite`. */
export const once = (key: string) => ({ 'Idempotency-Key': key });

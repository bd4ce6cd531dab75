import { readFileSync } from 'node:fs';
import type { Objects } from './access-objects.js';

export interface Route {
  operation: string;
  method: string;
  path: string;
}

/** What came of a request: `allowed`, a refusal that the table knows, or anything else with its text. */
export type Outcome = 'allowed' | '401' | '403' | '404' | string;

/** A revision that nothing has: whoever may act is told so (412), and the object stays for the next one. */
const NEVER = '"999999"';
const COMPANY = { name: 'Nuova Inventata', languages: ['it'] };
const NEED = { type: 'TR', title: 'Titolo inventato', summary: 'Riassunto inventato.', lang: 'it' };

/** The body of each route that has one. */
const BODIES: Record<string, (to: Objects) => unknown> = {
  createCompany: ({ place }) => ({ ...COMPANY, ...place }),
  updateCompany: () => ({ town: 'Lecco' }),
  createOpportunity: () => NEED,
  updateOpportunity: () => ({ title: 'Altro titolo' }),
  createExpert: ({ place }) => ({ ...COMPANY, ...place, text: 'Esperta inventata' }),
  updateExpert: () => ({ capacity: 2 }),
  match: () => ({ text: 'saldatura', seek: 'experts' }),
  explainMatch: ({ expert }) => ({ text: 'saldatura', seek: 'experts', subject: { type: 'expert', id: expert } }),
  createAlert: () => ({ seek: 'experts', text: 'saldatura' }),
  updateAlert: () => ({ rhythm: 'weekly' }),
  updateInterest: () => ({ state: 'pertinent' }),
  declineInterest: () => ({ reasonCode: 'other' }),
  createHelpRequest: ({ suggestion }) => ({ suggestionId: suggestion, text: 'Conviene?' }),
  answerHelpRequest: () => ({ text: 'Sì' }),
  updateNotice: () => ({ state: 'read' }),
  putPreferences: () => ({}),
  createWebhook: () => ({ url: 'https://hooks.example.org/other' }),
  replayWebhook: () => ({ since: new Date(Date.now() - 3_600_000).toISOString() }),
  createInvitation: () => ({ role: 'editor' }),
  acceptInvitation: ({ link }) => ({ token: link }),
  createClaim: ({ vat }) => ({ identifier: { scheme: 'vat-it', value: vat } }),
  confirmClaimByCode: ({ code }) => ({ code }),
  grantRole: ({ person, company }) => ({ personId: person, role: { kind: 'firm', id: company, role: 'editor' } }),
  createKey: ({ company }) => ({ label: 'Inventata', scopes: ['read'], firmId: company }),
  putConsent: () => ({ purpose: 'outreach', granted: true }),
  createErasure: ({ party }) => ({ subject: party }),
  switchWeights: ({ weights }) => ({ version: weights }),
};

/** What a route does not do without. */
const QUERIES: Record<string, string> = { listConsenting: '?purpose=outreach' };

/** Which object the id of a path is, by the first word of the path. */
const IDS: Record<string, keyof Objects> = {
  companies: 'company',
  experts: 'expert',
  opportunities: 'draft',
  suggestions: 'suggestion',
  interests: 'interest',
  'help-requests': 'help',
  alerts: 'alert',
  inbox: 'notice',
  preferences: 'mute',
  webhooks: 'webhook',
  keys: 'key',
  invitations: 'invitation',
  memberships: 'membership',
  claims: 'claim',
  erasures: 'erasure',
};

/** Every route of the description of the API. */
export function routesOf(file: string): Route[] {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      operation: operationId,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** The id in the path of a route; empty where the test knows none. */
export function idFor({ path }: Pick<Route, 'path'>, to: Objects): string {
  if (path.includes('{kind}')) return to.party.id;
  const name = IDS[path.split('/')[2] ?? ''];
  return name ? String(to[name]) : '';
}

/** Sends the request of a route. `done` lets no conflict pass for a request that was gone through: what it acts on was made for it. */
export async function outcome(
  gateway: string,
  route: Route,
  to: Objects,
  { bearer, done = false }: { bearer?: string | undefined; done?: boolean } = {},
): Promise<{ is: Outcome; body: string }> {
  const path = route.path.replace('{kind}', to.party.kind).replace('{id}', idFor(route, to));
  const query = QUERIES[route.operation] ?? '';
  const body = BODIES[route.operation]?.(to) ?? (route.method === 'POST' || route.method === 'PUT' ? {} : undefined);
  const version = route.method === 'PUT' && route.operation !== 'putPreferences' ? {} : { 'if-match': NEVER };
  const stop = new AbortController();
  const answer = await fetch(gateway + path + query, {
    method: route.method,
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(route.method !== 'GET' && version),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(30_000)]),
  });
  const { status } = answer;
  if (route.operation === 'streamNotices' && status === 200) stop.abort();
  const text = await answer.text().catch(() => '');
  const refusal = [401, 403, 404].includes(status);
  const passed = status < 300 || (!done && [409, 412].includes(status));
  const is = passed ? 'allowed' : refusal ? String(status) : `${status} ${text}`;
  return { is, body: text.replace(/"requestId":"[^"]*"/, '') };
}

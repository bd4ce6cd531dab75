import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { type Cell, type Column, ROUTES } from '../services/gateway/src/auth/route-table.js';
import { make, makeKey, makeOwn, makeSide, nothing, type Objects, type Own, type Side } from './access-objects.js';
import { type Platform, startPlatform } from './platform.js';

interface Route {
  operation: string;
  method: string;
  path: string;
}
interface Actor {
  name: string;
  column: Column;
  bearer: string;
  own: Objects;
  foreign: Objects;
}
type Outcome = 'allowed' | '401' | '403' | '404' | string;

/** A revision that nothing has: whoever may act is told so (412), and the object stays for the next one. */
const NEVER = '"999999"';
const COMPANY = { name: 'Nuova Inventata', languages: ['it'] };
const NEED = { type: 'TR', title: 'Titolo inventato', summary: 'Riassunto inventato.', lang: 'it' };

/** The version of the weights that ranks already. */
let weights = '';

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
  updateNotice: () => ({ state: 'read' }),
  putPreferences: () => ({}),
  createWebhook: () => ({ url: 'https://hooks.example.org/other' }),
  replayWebhook: () => ({ since: new Date(Date.now() - 3_600_000).toISOString() }),
  createInvitation: () => ({ role: 'editor' }),
  acceptInvitation: () => ({ token: 'ci_invented' }),
  createClaim: () => ({ identifier: { scheme: 'vat-it', value: '00743110157' } }),
  grantRole: ({ expert }) => ({ personId: expert, role: { kind: 'admin' } }),
  createKey: ({ company }) => ({ label: 'Inventata', scopes: ['read'], firmId: company }),
  putConsent: () => ({ purpose: 'outreach', granted: true }),
  createErasure: ({ party }) => ({ subject: party }),
  switchWeights: () => ({ version: weights }),
};

/** Which object the id of a path is, where it is not that of the first word. */
const IDS: Record<string, keyof Objects> = {
  companies: 'company',
  experts: 'expert',
  opportunities: 'draft',
  suggestions: 'suggestion',
  interests: 'interest',
  alerts: 'alert',
  inbox: 'notice',
  preferences: 'mute',
  webhooks: 'webhook',
  keys: 'key',
  invitations: 'invitation',
};

/** For people with an account of their own, whom the local issuer does not have; services/access tests them. */
const PERSONAL = new Set(['listMemberships', 'createClaim', 'listClaims', 'acceptInvitation', 'grantRole']);
/** Of these there is no object in this test: what is foreign is refused, what is one's own is tested by services/access. */
const WITHOUT_OBJECT = new Set(['endMembership', 'confirmClaim', 'refuseClaim', 'getErasure']);
/** What would erase those whom the rest of the test needs; test/erasure.int-spec.ts erases. */
const DESTRUCTIVE = new Set(['createErasure']);

describe('Who may do what', () => {
  let platform: Platform;
  let actors: Actor[];
  let here: Side & Own;
  const routes = routesOf(join(import.meta.dirname, '../docs/openapi.json'));

  beforeAll(async () => {
    platform = await startPlatform(['--no-sample'], {
      RATE_USER: 'off',
      RATE_ADDRESS: 'off',
      RATE_MATCHES: 'off',
      RATE_ACCOUNT: 'off',
    });
    const [a, b] = [await makeSide(platform, 'here'), await makeSide(platform, 'elsewhere')];
    const own = (side: Side, kind: 'firm' | 'expert') =>
      makeOwn(platform, kind, kind === 'firm' ? side.company : side.expert);
    const [firmA, firmB] = [await own(a, 'firm'), await own(b, 'firm')];
    const [expertA, expertB] = [await own(a, 'expert'), await own(b, 'expert')];
    const { body } = await platform.ask<{ items: { version: string }[] }>('admin', 'GET', '/v1/admin/weights');
    weights = body.items[0]!.version;
    const hook = await make(platform, 'admin', '/v1/webhooks', { url: 'https://hooks.example.org/all' });
    here = { ...a, ...firmA };
    const there = { ...b, ...firmB };
    const actor = async (
      name: string,
      column: Column,
      as: string,
      ours: Objects,
      theirs: Objects,
      bearer?: string,
    ) => ({
      ...{ name, column, own: ours, foreign: theirs },
      bearer: bearer ?? (await platform.token(as)),
    });
    actors = await Promise.all([
      actor('firm A', 'owner', `firm:${a.company}`, here, there),
      actor('editor of firm A', 'editor', `firm:${a.company}:editor`, here, there),
      actor('firm B', 'owner', `firm:${b.company}`, there, here),
      actor('expert A', 'expert', `expert:${a.expert}`, { ...a, ...expertA }, { ...b, ...expertB }),
      actor('expert B', 'expert', `expert:${b.expert}`, { ...b, ...expertB }, { ...a, ...expertA }),
      actor('facilitator', 'facilitator', 'facilitator:ITC43', here, there),
      actor('coordinator here', 'coordinator', 'coordinator:ITC43', here, there),
      actor('coordinator elsewhere', 'coordinator', 'coordinator:CH', there, here),
      actor('administrator', 'admin', 'admin', { ...here, webhook: hook.id }, there),
      actor('service account', 'key', '', here, there, a.secret),
    ]);
  }, 240_000);
  afterAll(() => platform?.stop());

  /** What came of a request: the status, where it is a refusal that the table knows; `allowed` where the route was gone through. */
  const outcome = async (route: Route, to: Objects, bearer?: string): Promise<{ is: Outcome; body: string }> => {
    const path = route.path.replace('{kind}', to.party.kind).replace('{id}', idFor(route, to));
    const body = BODIES[route.operation]?.(to) ?? (route.method === 'POST' || route.method === 'PUT' ? {} : undefined);
    const version = route.method === 'PUT' && route.operation !== 'putPreferences' ? {} : { 'if-match': NEVER };
    const stop = new AbortController();
    const answer = await fetch(platform.run().gateway + path, {
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
    const passed = status < 300 || [409, 412].includes(status);
    const is = passed ? 'allowed' : refusal ? String(status) : `${status} ${text}`;
    return { is, body: text.replace(/"requestId":"[^"]*"/, '') };
  };

  it('is written down for every route, and every route is tried here', () => {
    expect(routes.map(({ operation }) => operation).sort()).toEqual(Object.keys(ROUTES).sort());
    const without = routes.filter(({ path }) => path.includes('{id}') && !idFor({ path } as Route, nothing()));
    expect(without).toEqual([]);
  });

  it('no cell differs from the table, and what is foreign answers like what does not exist', async () => {
    const differences: string[] = [];
    for (const route of routes) {
      const { cells } = ROUTES[route.operation]!;
      const nobody = await outcome(route, here);
      if (nobody.is !== '401') differences.push(`${route.operation} without a token: ${nobody.is}`);
      for (const actor of actors) {
        for (const [whose, target] of [
          ['own', actor.own],
          ['foreign', actor.foreign],
        ] as const) {
          const wanted = expected(cells[actor.column], whose === 'own');
          if (skipped(route.operation, wanted)) continue;
          const to = wanted === 'allowed' ? await fresh(route.operation, actor, target) : target;
          const got = await outcome(route, to, actor.bearer);
          const cell = `${route.operation} · ${actor.name} · ${whose}`;
          if (got.is !== wanted) differences.push(`${cell}: ${got.is} instead of ${wanted}`);
          if (got.is !== '404' && got.is !== '403') continue;
          if (whose === 'own') continue;
          const none = await outcome(route, { ...nothing(to.party.kind), place: to.place }, actor.bearer);
          if (none.is !== got.is || none.body !== got.body)
            differences.push(`${cell} is told from nothing: ${got.body} ${none.body}`);
        }
      }
    }
    expect(differences).toEqual([]);
  }, 420_000);

  it('a key does what its scopes say and no more', async () => {
    const { key } = await makeKey(platform, here.company, ['read']);
    const by = (operation: string) => outcome(routes.find((route) => route.operation === operation)!, here, key);
    expect((await by('getOpportunity')).is).toBe('allowed');
    expect((await by('match')).is).toBe('403');
    expect((await by('publishOpportunity')).is).toBe('403');
    expect((await outcome(routes[1]!, here, `${key.slice(0, -1)}x`)).is).toBe('401');
  });

  it('bad tokens open nothing, on any kind of route', async () => {
    const bad = await badTokens(platform);
    expect(Object.keys(bad)).toHaveLength(12);
    const kinds = [
      'listCompanies',
      'getCompany',
      'createCompany',
      'updateCompany',
      'eraseCompany',
      'streamNotices',
      'switchWeights',
    ];
    for (const [what, token] of Object.entries(bad))
      for (const operation of kinds) {
        const { is } = await outcome(routes.find((route) => route.operation === operation)!, here, token);
        expect([what, operation, is]).toEqual([what, operation, '401']);
      }
  });

  /** What a request uses up is made anew for each one that may use it up. */
  async function fresh(operation: string, actor: Actor, to: Objects): Promise<Objects> {
    if (operation === 'rotateKey' || operation === 'revokeKey') {
      const { id } = await makeKey(platform, to.company, ['read']);
      return { ...to, key: id };
    }
    if (operation === 'revokeInvitation') {
      const { id } = await make(platform, 'admin', `/v1/companies/${to.company}/invitations`, { role: 'editor' });
      return { ...to, invitation: id };
    }
    if (operation === 'removeMute') {
      const { kind, id } = actor.own.party;
      const mute = await make(platform, `${kind}:${id}`, `/v1/inbox/${to.notice}/mute`, {});
      return { ...to, mute: mute.id };
    }
    return to;
  }
});

function routesOf(file: string): Route[] {
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

function idFor({ path }: Pick<Route, 'path'>, to: Objects): string {
  const first = path.split('/')[2] ?? '';
  if (path.includes('{kind}')) return to.party.id;
  // Of claims, memberships and erasures nothing is here.
  const name = IDS[first];
  return name ? String(to[name]) : '01990000-0000-7000-8000-00000000ffff';
}

function expected(cell: Cell, own: boolean): Outcome {
  if (cell === 'yes' || ((cell === 'own' || cell === 'hidden') && own)) return 'allowed';
  return cell === 'hidden' || cell === 'absent' ? '404' : '403';
}

function skipped(operation: string, wanted: Outcome): boolean {
  if (PERSONAL.has(operation)) return wanted !== '403';
  return wanted === 'allowed' && (WITHOUT_OBJECT.has(operation) || DESTRUCTIVE.has(operation));
}

async function badTokens(platform: Platform): Promise<Record<string, string>> {
  const { issuer, key } = JSON.parse(readFileSync(join(platform.dir, 'issuer.json'), 'utf8')) as {
    issuer: string;
    key: JWK;
  };
  const alg = 'RS256';
  const kid = String(key.kid);
  const signing = await importJWK(key, alg);
  const stranger = await generateKeyPair(alg);
  const now = Math.floor(Date.now() / 1000);
  const sign = (claims: object = {}, header: object = {}, by = signing) =>
    new SignJWT({ iss: issuer, aud: 'ceresio', sub: 'admin', iat: now, exp: now + 600, ...claims })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
      .sign(by);
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = key;
  const spki = await exportSPKI((await importJWK(open, alg)) as never);
  const good = await sign();
  return {
    forged: await sign({}, {}, stranger.privateKey),
    none: new UnsecuredJWT({ iss: issuer, aud: 'ceresio', sub: 'admin', exp: now + 600 }).encode(),
    'the public key as a secret': await sign({}, { alg: 'HS256' }, new TextEncoder().encode(spki)),
    expired: await sign({ exp: now - 120 }),
    'not yet valid': await sign({ nbf: now + 300 }),
    'wrong issuer': await sign({ iss: 'https://elsewhere.example' }),
    'wrong audience': await sign({ aud: 'elsewhere' }),
    'a key that it brings itself': await sign({}, { jku: `${issuer}/jwks`, kid: 'own' }, stranger.privateKey),
    'a key id that climbs': await sign({}, { kid: '../../../../dev/null' }, stranger.privateKey),
    empty: '',
    truncated: good.slice(0, -6),
    "another's refresh token": randomBytes(32).toString('base64url'),
  };
}

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Cell, type Column, ROUTES } from '../services/gateway/src/auth/route-table.js';
import { type Actor, claimOf, colleagueOf, fresh } from './access-fresh.js';
import {
  type Kept,
  make,
  makeKey,
  makeOwn,
  makeSide,
  NO_CODE,
  nothing,
  type Objects,
  type Side,
} from './access-objects.js';
import { type Peopled, startWithPeople } from './access-people.js';
import { idFor, type Outcome, outcome, type Route, routesOf } from './access-requests.js';
import { badTokens } from './bad-tokens.js';

const UNLIMITED = { RATE_USER: 'off', RATE_ADDRESS: 'off', RATE_MATCHES: 'off', RATE_ACCOUNT: 'off' };

describe('Who may do what', () => {
  let platform: Peopled;
  let actors: Actor[];
  let here: Objects;
  const routes = routesOf(join(import.meta.dirname, '../docs/openapi.json'));
  const routeOf = (operation: string) => routes.find((route) => route.operation === operation)!;
  const ask = (route: Route, to: Objects, bearer?: string, done?: boolean) =>
    outcome(platform.run().gateway, route, to, { bearer, ...(done && { done }) });

  beforeAll(async () => {
    platform = await startWithPeople(UNLIMITED);
    const { body } = await platform.ask<{ items: { version: string }[] }>('admin', 'GET', '/v1/admin/weights');
    const weights = body.items[0]!.version;
    const [a, b] = [await makeSide(platform, 'here'), await makeSide(platform, 'elsewhere')];
    const [ofA, ofB] = [await keptOf(platform, a), await keptOf(platform, b)];
    const own = async (side: Side, kept: Kept, kind: 'firm' | 'expert'): Promise<Objects> => {
      return { ...side, ...kept, ...(await makeOwn(platform, kind, side)), weights };
    };
    here = await own(a, ofA, 'firm');
    const there = await own(b, ofB, 'firm');
    const [expertA, expertB] = [await own(a, ofA, 'expert'), await own(b, ofB, 'expert')];
    const hook = await make(platform, 'admin', '/v1/webhooks', { url: 'https://hooks.example.org/all' });
    const actor = async (name: string, column: Column, as: string, ours: Objects, theirs: Objects): Promise<Actor> => ({
      ...{ name, column, as, own: ours, foreign: theirs },
      bearer: await platform.token(as),
    });
    actors = await Promise.all([
      actor('firm A', 'owner', `firm:${a.company}`, here, there),
      actor('editor of firm A', 'editor', `firm:${a.company}:editor`, here, there),
      actor('firm B', 'owner', `firm:${b.company}`, there, here),
      actor('expert A', 'expert', `expert:${a.expert}`, expertA, expertB),
      actor('expert B', 'expert', `expert:${b.expert}`, expertB, expertA),
      actor('facilitator', 'facilitator', 'facilitator:inventato:ITC43', here, there),
      actor('coordinator here', 'coordinator', 'coordinator:ITC43', here, there),
      actor('coordinator elsewhere', 'coordinator', 'coordinator:CH', there, here),
      actor('administrator', 'admin', 'admin', { ...here, webhook: hook.id }, there),
      { name: 'service account', column: 'key', bearer: a.secret, own: here, foreign: there },
    ]);
  }, 240_000);
  afterAll(() => platform?.stop());

  it('is written down for every route, and every route is tried here', () => {
    expect(routes.map(({ operation }) => operation).sort()).toEqual(Object.keys(ROUTES).sort());
    const without = routes.filter((route) => route.path.includes('{id}') && !idFor(route, nothing()));
    expect(without).toEqual([]);
  });

  it('no cell differs from the table, and what is foreign answers like what does not exist', async () => {
    const differences: string[] = [];
    for (const route of routes) {
      const { cells } = ROUTES[route.operation]!;
      const nobody = await ask(route, here);
      if (nobody.is !== '401') differences.push(`${route.operation} without a token: ${nobody.is}`);
      for (const actor of actors) {
        for (const whose of ['own', 'foreign'] as const) {
          const wanted = expected(cells[actor.column], whose === 'own');
          const cell = `${route.operation} · ${actor.name} · ${whose}`;
          const as = { to: actor[whose], bearer: actor.bearer, made: false };
          const given =
            wanted === 'allowed'
              ? await fresh(platform, route.operation, actor, as.to, whose === 'own').catch((error: Error) => error)
              : as;
          if (given instanceof Error) {
            differences.push(`${cell}: could not be prepared, ${given.message}`);
            continue;
          }
          const got = await ask(route, given.to, given.bearer, given.made);
          if (got.is !== wanted) differences.push(`${cell}: ${got.is} instead of ${wanted}`);
          if ((got.is !== '404' && got.is !== '403') || whose === 'own') continue;
          const empty = { ...nothing(given.to.party.kind), place: given.to.place };
          const none = await ask(route, empty, actor.bearer);
          if (none.is !== got.is || none.body !== got.body)
            differences.push(`${cell} is told from nothing: ${got.body} ${none.body}`);
        }
      }
    }
    expect(differences).toEqual([]);
  }, 420_000);

  it('who has signed in and has no role yet does what is for newcomers, and nothing else', async () => {
    const differences: string[] = [];
    const nobody: Omit<Actor, 'bearer'> = { name: 'newcomer', column: 'key', own: here, foreign: here };
    for (const route of routes) {
      const bearer = await platform.newcomer();
      const welcome = ROUTES[route.operation]!.newcomers === true;
      const given = welcome
        ? await fresh(platform, route.operation, { ...nobody, bearer }, here, true)
        : { to: here, bearer, made: false };
      const { is } = await ask(route, given.to, given.bearer, given.made);
      if (is !== (welcome ? 'allowed' : '403')) differences.push(`${route.operation}: ${is}`);
    }
    expect(differences).toEqual([]);
  });

  it('a key does what its scopes say and no more', async () => {
    const { key } = await makeKey(platform, here.company, ['read']);
    const by = (operation: string) => ask(routeOf(operation), here, key);
    expect((await by('getOpportunity')).is).toBe('allowed');
    expect((await by('match')).is).toBe('403');
    expect((await by('publishOpportunity')).is).toBe('403');
    expect((await ask(routes[1]!, here, `${key.slice(0, -1)}x`)).is).toBe('401');
  });

  it('bad tokens open nothing, on any kind of route', async () => {
    const bad = await badTokens(platform);
    expect(Object.keys(bad)).toHaveLength(12);
    const kinds = ['listCompanies', 'getCompany', 'createCompany', 'updateCompany', 'eraseCompany', 'streamNotices'];
    for (const operation of [...kinds, 'switchWeights']) {
      // The same token, were it good, would do all of it.
      expect([operation, (await ask(routeOf(operation), here, await platform.token('admin'))).is]).toEqual([
        operation,
        'allowed',
      ]);
      for (const [what, token] of Object.entries(bad)) {
        const { is } = await ask(routeOf(operation), here, token);
        expect([what, operation, is]).toEqual([what, operation, '401']);
      }
    }
  });
});

/** A claim, a colleague and a record of an erasure on one side; nobody uses them up. */
async function keptOf(platform: Peopled, { vat, company, place }: Side): Promise<Kept> {
  const { id: gone } = await make(platform, 'admin', '/v1/companies', { name: 'Andata', ...place, languages: ['it'] });
  const erasure = await make(platform, 'admin', '/v1/erasures', { subject: { kind: 'firm', id: gone } });
  return {
    claim: (await claimOf(platform, vat)).id,
    membership: await colleagueOf(platform, company),
    erasure: erasure.id,
    link: 'ci_invented',
    code: NO_CODE,
    person: await platform.personOf(await platform.newcomer()),
  };
}

function expected(cell: Cell, own: boolean): Outcome {
  if (cell === 'yes' || ((cell === 'own' || cell === 'hidden') && own)) return 'allowed';
  return cell === 'hidden' || cell === 'absent' ? '404' : '403';
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseUrl, type Platform, startPlatform } from './platform.js';

interface Bad {
  what: string;
  method?: string;
  path: string;
  /** Sent as it is. */
  raw?: string;
  headers?: Record<string, string>;
  /** What `errors[].pointer` must name; `undefined` where the fault lies in no field. */
  names?: string;
  status?: number;
}

const COMPANY = { name: 'Officina Inventata', country: 'IT' };
const EXPERT = { name: 'Anna Inventata', country: 'CH', text: 'Saldatura laser' };
const NEED = { type: 'TR', title: 'Saldatura', summary: 'Cerchiamo saldatura laser', lang: 'it' };
const MATCH = { text: 'saldatura laser', seek: 'experts' };
const NOWHERE = '01900000-0000-7000-8000-000000000000';

const json = (value: unknown) => JSON.stringify(value);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Every way in which one field can be wrong that holds for any text field. */
function textFaults(path: string, valid: object, field: string, max: number, method = 'POST', headers = {}): Bad[] {
  const bad = (what: string, value: unknown) => ({
    what: `${field} ${what}`,
    method,
    path,
    headers,
    raw: json({ ...valid, [field]: value }),
    names: `/${field}`,
  });
  return [
    bad('a number', 7),
    bad('null', null),
    bad('an object', { a: 1 }),
    bad('an array', ['a']),
    bad('empty', ''),
    bad('blank', '   '),
    bad('with NUL', 'a\u0000b'),
    bad('with an escape character', 'a\u001b[2Jb'),
    bad('half a surrogate pair', 'a\ud800b'),
    bad('too long', 'x'.repeat(max + 1)),
  ];
}

/** Every way in which a whole body can be wrong. */
function bodyFaults(path: string, valid: object, method = 'POST', headers = {}): Bad[] {
  const bad = (what: string, raw: string, names?: string, status?: number, more = {}) => ({
    what,
    method,
    path,
    raw,
    names,
    status,
    headers: { ...headers, ...more },
  });
  const withField = (field: string) => `${json(valid).slice(0, -1)},${field}}`;
  return [
    bad('unknown field', withField('"surprise":1'), '/surprise'),
    bad('mass assignment', withField('"revision":9'), '/revision'),
    bad('__proto__', withField('"__proto__":{"admin":true}')),
    bad('constructor.prototype', withField('"constructor":{"prototype":{"admin":true}}')),
    bad('null body', 'null'),
    bad('array body', '[]'),
    bad('text body', '"hello"'),
    bad('not JSON', '{"name":'),
    bad('trailing comma', `${json(valid).slice(0, -1)},}`),
    bad('no body', ''),
    bad('10 MB', `{"name":"${'x'.repeat(10 * 1024 * 1024)}"}`, undefined, 413),
    bad('300 levels', nested(300)),
    bad('form', 'name=x', undefined, 415, { 'content-type': 'application/x-www-form-urlencoded' }),
    bad('XML', '<name/>', undefined, 415, { 'content-type': 'application/xml' }),
    bad('not UTF-8', '\u00ff\u00fe', undefined, undefined, { 'content-type': 'application/json; charset=utf-16' }),
  ];
}

function fieldFaults(
  path: string,
  valid: object,
  faults: [field: string, value: unknown, names?: string][],
  method = 'POST',
  headers = {},
): Bad[] {
  return faults.map(([field, value, names]) => ({
    what: `${field} = ${json(value)?.slice(0, 60)}`,
    method,
    path,
    headers,
    raw: json({ ...valid, [field]: value }),
    names: names ?? `/${field}`,
  }));
}

function missing(path: string, valid: object, fields: string[]): Bad[] {
  return fields.map((field) => ({
    what: `no ${field}`,
    path,
    raw: json({ ...valid, [field]: undefined }),
    names: `/${field}`,
  }));
}

function malformed(company: string, opportunity: string): Bad[] {
  const companies = '/v1/companies';
  const experts = '/v1/experts';
  const needs = `/v1/companies/${company}/opportunities`;
  const one = `/v1/companies/${company}`;
  const ifMatch = { 'if-match': '"1"' };
  const vat = (value: unknown, scheme: unknown = 'vat-it') => [{ scheme, value }];
  return [
    ...bodyFaults(companies, COMPANY),
    ...bodyFaults(experts, EXPERT),
    ...bodyFaults(needs, NEED),
    ...bodyFaults('/v1/matches', MATCH),
    ...bodyFaults(one, { town: 'Lecco' }, 'PATCH', ifMatch),
    ...textFaults(companies, COMPANY, 'name', 200),
    ...textFaults(companies, COMPANY, 'text', 4000),
    ...textFaults(experts, EXPERT, 'name', 200),
    ...textFaults(needs, NEED, 'summary', 500),
    ...textFaults('/v1/matches', MATCH, 'text', 4000),
    ...textFaults(one, {}, 'name', 200, 'PATCH', ifMatch),
    ...missing(companies, COMPANY, ['name', 'country']),
    ...missing(experts, EXPERT, ['name', 'country']),
    ...missing(needs, NEED, ['type', 'title', 'summary', 'lang']),
    ...missing('/v1/matches', MATCH, ['seek', 'text']),
    {
      what: 'expert with nothing to show',
      path: experts,
      raw: json({ name: 'Anna', country: 'CH' }),
      names: '/competences',
    },
    ...fieldFaults(companies, COMPANY, [
      ['country', 'Italia'],
      ['country', 'it'],
      ['sizeClass', 'huge'],
      ['people', -1],
      ['people', 1.5],
      ['people', '12'],
      ['people', 1e300],
      ['territory', 'Lecco'],
      ['territory', 'ITZ99'],
      ['languages', ['es'], '/languages/0'],
      ['languages', 'it'],
      ['website', 'javascript:alert(1)'],
      ['website', 'not an address'],
      ['contact', { email: 'nobody' }, '/contact/email'],
      ['contact', { phone: 'call me' }, '/contact/phone'],
      ['contact', { fax: '1' }, '/contact/fax'],
      ['identifiers', vat('00743110158'), '/identifiers/0/value'],
      ['identifiers', vat('123'), '/identifiers/0/value'],
      ['identifiers', vat('CHE-100.155.213', 'uid-ch'), '/identifiers/0/value'],
      ['identifiers', vat('00743110157', 'vat-de'), '/identifiers/0/scheme'],
      ['identifiers', vat(743110157), '/identifiers/0/value'],
      ['sectors', [{ scheme: 'ATECO2025', code: 'abc' }], '/sectors/0/code'],
      ['sectors', [{ scheme: 'ATECO2025', code: '04.00' }], '/sectors/0/code'],
      ['sectors', [{ scheme: 'SIC', code: '28.41' }], '/sectors/0/scheme'],
      ['offers', [''], '/offers/0'],
      ['offers', [7], '/offers/0'],
      ['offers', [{ competence: 'x', level: 'guru' }], '/offers/0/level'],
      ['offers', Array.from({ length: 41 }, () => 'x')],
    ]),
    ...fieldFaults(experts, EXPERT, [
      ['role', 'guru'],
      ['capacity', 101],
      ['orcid', '0000-0002-1825-0098'],
      ['territories', ['Lecco'], '/territories/0'],
      ['away', [{ from: '2026-02-30', to: '2026-03-01' }], '/away/0/from'],
      ['away', [{ from: '2026-03-02', to: '2026-03-01' }], '/away/0/to'],
      ['evidence', [{ kind: 'rumour', title: 'x' }], '/evidence/0/kind'],
      ['evidence', [{ kind: 'project' }], '/evidence/0/title'],
      ['evidence', [{ kind: 'project', title: 'x', year: 1 }], '/evidence/0/year'],
    ]),
    ...fieldFaults(needs, NEED, [
      ['type', 'XX'],
      ['lang', 'es'],
      ['trl', 0],
      ['trl', 10],
      ['stage', 'soon'],
      ['prefer', 'maybe'],
      ['openForInterest', 'yes'],
      ['state', 'published'],
    ]),
    ...fieldFaults('/v1/matches', MATCH, [
      ['seek', 'everything'],
      ['limit', 0],
      ['limit', 1000],
      ['limit', '10'],
      ['prefer', 'far'],
      ['lang', 'xx'],
      ['opportunityId', 'x'],
      ['competences', [''], '/competences/0'],
      ['filters', { surprise: 1 }, '/filters/surprise'],
      ['filters', { country: 'Switzerland' }, '/filters/country'],
      ['filters', { territories: ['x" OR id EXISTS'] }, '/filters/territories/0'],
      ['filters', { sectors: ['28" OR "1"="1'] }, '/filters/sectors/0'],
    ]),
    ...['%00', 'x', '..%2f..%2fetc', "1'--", '%F0%28%8C%28'].map((id) => ({
      what: `id ${id}`,
      method: 'GET',
      path: `/v1/companies/${id}`,
    })),
    ...[
      'limit=0',
      'limit=101',
      'limit=x',
      'cursor=%00',
      'cursor=nonsense',
      'country=XXX',
      'surprise=1',
      'limit=1&limit=2',
    ].map((query) => ({
      what: query,
      method: 'GET',
      path: `/v1/companies?${query}`,
      names: `?${query.split('=')[0]}`,
    })),
    { what: 'PATCH without If-Match', method: 'PATCH', path: one, raw: json({ town: 'Lecco' }), status: 428 },
    {
      what: 'PATCH with a stale If-Match',
      method: 'PATCH',
      path: one,
      raw: json({ town: 'Lecco' }),
      headers: { 'if-match': '"99"' },
      status: 412,
    },
    {
      what: 'PATCH with a malformed If-Match',
      method: 'PATCH',
      path: one,
      raw: json({ town: 'Lecco' }),
      headers: { 'if-match': 'one' },
    },
    {
      what: 'Idempotency-Key too long',
      path: companies,
      raw: json(COMPANY),
      headers: { 'idempotency-key': 'k'.repeat(201) },
    },
    { what: 'renew of a draft', path: `/v1/opportunities/${opportunity}/renew`, raw: '{}', status: 409 },
    { what: 'unknown act', path: `/v1/opportunities/${opportunity}/explode`, raw: '{}', status: 404 },
    {
      what: 'act with a field',
      path: `/v1/opportunities/${opportunity}/publish`,
      raw: '{"force":true}',
      names: '/force',
    },
    { what: 'need of nobody', path: `/v1/companies/${NOWHERE}/opportunities`, raw: json(NEED), status: 404 },
    { what: 'unknown route', method: 'GET', path: '/v1/nothing', status: 404 },
    { what: 'wrong method', method: 'PUT', path: one, raw: json(COMPANY) },
  ];
}

describe('Bad input', () => {
  let platform: Platform;
  let databases: pg.Client[];
  let cases: Bad[];

  /** Rows of every table that input could reach. */
  const stored = async () => {
    const counts = await Promise.all(
      databases.map(async (client) => {
        const { rows } = await client.query<{ name: string }>(
          "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        );
        return Promise.all(
          rows.map(async ({ name }) => [
            name,
            (await client.query(`SELECT count(*)::int AS n FROM ${name}`)).rows[0].n,
          ]),
        );
      }),
    );
    return counts;
  };

  beforeAll(async () => {
    platform = await startPlatform();
    databases = await Promise.all(
      ['companies', 'experts'].map(async (service) => {
        const client = new pg.Client({ connectionString: await databaseUrl(platform, service) });
        await client.connect();
        return client;
      }),
    );
    const company = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/companies', COMPANY);
    const need = await platform.ask<{ id: string }>(
      'coordinator',
      'POST',
      `/v1/companies/${company.body.id}/opportunities`,
      NEED,
    );
    cases = malformed(company.body.id, need.body.id);
  }, 180_000);
  afterAll(async () => {
    await Promise.all(databases?.map((client) => client.end()) ?? []);
    await platform?.stop();
  });

  it('gets a problem that names the field, and nothing is stored', async () => {
    const before = await stored();
    const authorization = `Bearer ${await platform.token('coordinator')}`;
    const wrong: string[] = [];
    expect(cases.length).toBeGreaterThan(200);
    for (const { what, method = 'POST', path, raw, headers, names, status } of cases) {
      const label = `${method} ${path.replace(/[0-9a-f-]{36}/, ':id')} — ${what}`;
      const response = await fetch(platform.run().gateway + path, {
        method,
        headers: { authorization, ...(raw === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: raw,
      }).catch((error: Error) => ({
        status: 0,
        headers: new Headers(),
        text: async () => String(error.cause ?? error),
      }));
      const text = await response.text();
      if (response.status < 400 || response.status >= 500)
        wrong.push(`${label}: ${response.status} ${text.slice(0, 300)}`);
      else if (status && response.status !== status) wrong.push(`${label}: ${response.status} instead of ${status}`);
      else if (!response.headers.get('content-type')?.startsWith('application/problem+json'))
        wrong.push(`${label}: ${response.headers.get('content-type')}`);
      else {
        const problem = JSON.parse(text) as {
          code?: string;
          title?: string;
          requestId?: string;
          errors?: { pointer: string }[];
        };
        if (!problem.code || !problem.title || !problem.requestId)
          wrong.push(`${label}: incomplete ${text.slice(0, 300)}`);
        if (names && !problem.errors?.some((error) => error.pointer === names))
          wrong.push(`${label}: does not name ${names}: ${text.slice(0, 400)}`);
        if (/node_modules|\bat .*\.js:|QueryFailed/.test(text))
          wrong.push(`${label}: shows its inside ${text.slice(0, 300)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await stored()).toEqual(before);
  }, 120_000);

  it('is refused before anything else when there is no token', async () => {
    for (const { path, method = 'POST', raw, headers } of cases.filter(({ path }) => path.startsWith('/v1'))) {
      if (raw && raw.length > 1_000_000) continue;
      const response = await fetch(platform.run().gateway + path, {
        method,
        body: raw,
        headers: { ...(raw === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      });
      expect([path, response.status]).toEqual([path, 401]);
      await response.body?.cancel();
    }
  }, 60_000);
});

import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import {
  type CallContext,
  type Company,
  type CompanyPatch,
  companiesRpc,
  opportunitiesRpc,
  Problem,
} from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const ID = '01900000-0000-7000-8000-00000000000a';
const COMPANY: Company = {
  id: ID,
  revision: 3,
  name: 'Officina Inventata',
  country: 'IT',
  kind: null,
  sizeClass: null,
  people: null,
  identifiers: [],
  territory: null,
  town: null,
  sectors: [],
  languages: [],
  text: null,
  offers: [],
  seeks: [],
  ipStatus: null,
  website: null,
  completeness: { percent: 10, nextStep: null },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
let percent = 10;
let asked: { what: string; data: unknown; ctx: CallContext }[] = [];

@Controller()
class Companies {
  @Rpc(companiesRpc.create)
  create(data: unknown, ctx: CallContext) {
    asked.push({ what: 'create', data, ctx });
    return COMPANY;
  }
  @Rpc(companiesRpc.get)
  get({ id }: { id: string }) {
    if (id !== ID) throw new Problem('not-found', 'There is no such company');
    return { ...COMPANY, completeness: { percent, nextStep: null } };
  }
  @Rpc(companiesRpc.update)
  update(data: { revision: number; patch: CompanyPatch }, ctx: CallContext) {
    asked.push({ what: 'update', data, ctx });
    if (data.revision !== 3) throw new Problem('revision-mismatch', 'It was changed meanwhile');
    return { ...COMPANY, revision: 4 };
  }
  @Rpc(companiesRpc.list)
  list(data: unknown, ctx: CallContext) {
    asked.push({ what: 'list', data, ctx });
    return { items: [COMPANY], nextCursor: 'next page' };
  }
  @Rpc(opportunitiesRpc.act)
  act(data: unknown, ctx: CallContext): never {
    asked.push({ what: 'act', data, ctx });
    throw new Error('a bug');
  }
}

describe('A request to the API', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    gateway.ask('coordinator', method, path, body, headers);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Companies]);
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  it('that creates answers 201 with the address and the ETag of what is new', async () => {
    const answer = await ask(
      'POST',
      '/v1/companies',
      { name: ' Officina ', country: 'IT' },
      { 'idempotency-key': 'k 1' },
    );
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/companies/${ID}`);
    expect(answer.headers.get('etag')).toMatch(/^"3-/);
    expect(asked).toMatchObject([{ data: { name: 'Officina', country: 'IT' }, ctx: { idempotencyKey: 'k 1' } }]);
  });

  it('that changes takes its Idempotency-Key along, so that a repeat after a lost answer is no change by somebody else', async () => {
    await ask('PATCH', `/v1/companies/${ID}`, { town: null }, { 'if-match': '"3"', 'idempotency-key': 'k 2' });
    expect(asked.at(-1)).toMatchObject({ ctx: { idempotencyKey: 'k 2' } });
  });

  it('for what the caller has already answers 304 without a body', async () => {
    const known = (await ask('GET', `/v1/companies/${ID}`)).headers.get('etag');
    const again = () => ask('GET', `/v1/companies/${ID}`, undefined, { 'if-none-match': `W/"2", ${known}` });
    expect(await again()).toMatchObject({ status: 304, body: '' });
    expect((await ask('GET', `/v1/companies/${ID}`, undefined, { 'if-none-match': '"2"' })).status).toBe(200);
    // What is told along with an object may change without its revision.
    percent = 20;
    expect(await again()).toMatchObject({ status: 200, body: { revision: 3, completeness: { percent: 20 } } });
  });

  it('that changes needs the ETag, and the current one', async () => {
    const patch = (headers?: Record<string, string>) => ask('PATCH', `/v1/companies/${ID}`, { town: null }, headers);
    expect(await patch()).toMatchObject({ status: 428, body: { code: 'if-match-required' } });
    expect(await patch({ 'if-match': '"2"' })).toMatchObject({ status: 412, body: { code: 'revision-mismatch' } });
    expect(await patch({ 'if-match': '3' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: 'If-Match' }] },
    });
    const { headers } = await ask('GET', `/v1/companies/${ID}`);
    const done = await patch({ 'if-match': headers.get('etag') ?? '' });
    expect([done.status, done.headers.get('etag')]).toEqual([200, expect.stringMatching(/^"4-/)]);
    expect(asked.at(-1)?.data).toEqual({ id: ID, revision: 3, patch: { town: null } });
  });

  it('for a list gets a link to the next page that keeps the filters', async () => {
    const answer = await ask('GET', '/v1/companies?country=IT&limit=5');
    expect(answer.body).toMatchObject({ items: [{ id: ID }], nextCursor: 'next page' });
    expect(answer.headers.get('link')).toBe('</v1/companies?country=IT&limit=5&cursor=next+page>; rel="next"');
    expect(asked.at(-1)?.data).toEqual({ country: 'IT', limit: 5 });
  });

  it('keeps a harmless request id and makes one otherwise', async () => {
    const id = async (given: string) =>
      (await ask('GET', '/v1/nothing', undefined, { 'x-request-id': given })).body.requestId as string;
    expect(await id('trace-7')).toBe('trace-7');
    expect(await id('a b"c')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is refused in the language of the caller', async () => {
    const title = async (lang: string) =>
      (await ask('GET', '/v1/nothing', undefined, { 'accept-language': lang })).body.title as string;
    expect(await title('de-CH')).toBe('Nicht gefunden');
    expect(await title('fr;q=0.4, it;q=0.3')).toBe('Introuvable');
    expect(await title('es, pt')).toBe('Non trovato');
    const { body } = await ask('POST', '/v1/companies', { country: 'IT' }, { 'accept-language': 'de' });
    expect(body.errors[0].detail).toMatch(/Ungültige Eingabe/);
  });

  it('with another method is told which ones there are', async () => {
    const answer = await ask('PUT', `/v1/companies/${ID}`, {});
    expect([answer.status, answer.body.code]).toEqual([405, 'method-not-allowed']);
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH');
  });

  it('that meets a bug of ours learns nothing of it', async () => {
    const answer = await ask('POST', `/v1/opportunities/${ID}/publish`);
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal', errors: [] } });
    expect(JSON.stringify(answer.body)).not.toContain('a bug');
    expect(asked).toMatchObject([{ data: { id: ID, action: 'publish' } }]);
  });

  it('to a service that is not there is told to come back', async () => {
    const answer = await ask('GET', '/v1/experts');
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('that is no HTTP gets a problem all the same', async () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.write('GET / HTTP/1.1\r\nthis is no header\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
  });

  it('is answered with headers that tell browsers to keep their hands off', async () => {
    const { headers } = await ask('GET', '/v1/companies');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await ask('GET', '/docs')).headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { companiesRpc, opportunitiesRpc, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const ID = '01900000-0000-7000-8000-00000000000a';
const asked: unknown[] = [];

@Controller()
class Companies {
  @Rpc(companiesRpc.create)
  create(data: unknown): never {
    asked.push(data);
    throw new Problem('conflict', 'This should not have come so far');
  }
  @Rpc(companiesRpc.get)
  get(): never {
    throw new Problem('not-found', 'There is no such company');
  }
  @Rpc(companiesRpc.list)
  list(data: unknown) {
    asked.push(data);
    return { items: [], nextCursor: null };
  }
  @Rpc(opportunitiesRpc.act)
  act(data: unknown): never {
    asked.push(data);
    throw new Problem('conflict', 'This should not have come so far');
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
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  it('that is malformed gets a problem that names the fault, and reaches no service', async () => {
    const company = '{"name":"A","country":"IT"';
    const json = { 'content-type': 'application/json' };
    const bad: [
      what: string,
      method: string,
      path: string,
      body: string | undefined,
      status: number,
      pointer?: string,
      headers?: Record<string, string>,
    ][] = [
      ['unknown field', 'POST', '/v1/companies', `${company},"surprise":1}`, 400, '/surprise'],
      ['__proto__', 'POST', '/v1/companies', `${company},"__proto__":{"a":1}}`, 400, '/__proto__'],
      [
        'nested __proto__',
        'POST',
        '/v1/companies',
        `${company},"contact":{"__proto__":{}}}`,
        400,
        '/contact/__proto__',
      ],
      ['constructor', 'POST', '/v1/companies', `${company},"constructor":{}}`, 400, '/constructor'],
      ['NUL', 'POST', '/v1/companies', '{"name":"a\\u0000b","country":"IT"}', 400, '/name'],
      ['array', 'POST', '/v1/companies', '[]', 400, ''],
      ['null', 'POST', '/v1/companies', 'null', 400, ''],
      ['text', 'POST', '/v1/companies', '"hello"', 400, ''],
      ['not JSON', 'POST', '/v1/companies', '{"name":', 400],
      ['empty', 'POST', '/v1/companies', '', 400, '', json],
      ['no body', 'POST', '/v1/companies', undefined, 400, ''],
      ['too deep', 'POST', '/v1/companies', `${'['.repeat(300)}${']'.repeat(300)}`, 400],
      [
        'a form',
        'POST',
        '/v1/companies',
        'name=x',
        415,
        undefined,
        { 'content-type': 'application/x-www-form-urlencoded' },
      ],
      ['text/plain', 'POST', '/v1/companies', '{}', 415, undefined, { 'content-type': 'text/plain' }],
      ['UTF-16', 'POST', '/v1/companies', '{}', 415, undefined, { 'content-type': 'application/json; charset=utf-16' }],
      ['nonsense type', 'POST', '/v1/companies', '{}', 415, undefined, { 'content-type': '///' }],
      ['10 MB', 'POST', '/v1/companies', `{"name":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
      ['unknown parameter', 'GET', '/v1/companies?surprise=1', undefined, 400, '?surprise'],
      ['__proto__ parameter', 'GET', '/v1/companies?__proto__=1', undefined, 400, '?__proto__'],
      ['twice the same', 'GET', '/v1/companies?limit=1&limit=2', undefined, 400, '?limit'],
      ['limit 0', 'GET', '/v1/companies?limit=0', undefined, 400, '?limit'],
      ['limit x', 'GET', '/v1/companies?limit=x', undefined, 400, '?limit'],
      ['no id', 'GET', '/v1/companies/x', undefined, 400, ':id'],
      ['NUL in the path', 'GET', '/v1/companies/%00', undefined, 400, ':id'],
      ['slash in the id', 'GET', '/v1/companies/..%2f..%2fetc', undefined, 400, ':id'],
      ['bad encoding', 'GET', '/v1/companies/%zz', undefined, 400],
      ['long id', 'GET', `/v1/companies/${'x'.repeat(300)}`, undefined, 414],
      ['unknown act', 'POST', `/v1/opportunities/${ID}/explode`, '{}', 404],
      ['act with a field', 'POST', `/v1/opportunities/${ID}/hold`, '{"force":true}', 400, '/force'],
      ['unknown route', 'GET', '/v1/nothing', undefined, 404],
      ['unknown id', 'GET', '/v1/companies/01900000-0000-7000-8000-00000000000b', undefined, 404],
      [
        'a long key',
        'POST',
        '/v1/companies',
        `${company}}`,
        400,
        'Idempotency-Key',
        { 'idempotency-key': 'k'.repeat(201) },
      ],
      ['an empty key', 'POST', '/v1/companies', `${company}}`, 400, 'Idempotency-Key', { 'idempotency-key': '' }],
      ['a bad event id', 'GET', '/v1/inbox/stream', undefined, 400, 'Last-Event-ID', { 'last-event-id': 'x' }],
    ];
    for (const [what, method, path, body, status, pointer, headers] of bad) {
      const answer = await ask(method, path, body, headers);
      expect([what, answer.status, answer.headers.get('content-type')]).toEqual([
        what,
        status,
        'application/problem+json; charset=utf-8',
      ]);
      expect(answer.body).toMatchObject({ status, type: `/problems/${answer.body.code}` });
      if (pointer !== undefined) expect([what, answer.body.errors[0]?.pointer]).toEqual([what, pointer]);
    }
    expect(asked).toEqual([]);
  });

  it('that is far too large is told so, even when its sender listens only after the last byte', async () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    const size = 10 * 1024 * 1024;
    const head = `POST /v1/companies HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await gateway.token('admin')}\r\nContent-Type: application/json\r\n`;
    socket.pause();
    await new Promise<unknown>((resolve) => {
      socket.once('error', resolve);
      socket.write(`${head}Content-Length: ${size}\r\n\r\n${'x'.repeat(size)}`, resolve);
    });
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (chunk) => resolve(String(chunk)));
      socket.once('close', () => resolve('the connection broke'));
      socket.resume();
    });
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

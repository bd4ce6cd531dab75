import { describe, expect, it } from '@jest/globals';
import { problemOf, retryAfterOf } from './problem.js';

const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json', ...headers } });

describe('A refused request', () => {
  it('says what is wrong with which field, and whether trying again helps', async () => {
    const errors = [{ pointer: '/title', detail: 'is missing' }];
    const body = { code: 'invalid-body', title: 'Not valid', detail: 'No', errors, requestId: 'r-1' };
    expect(await problemOf(json(body, 400))).toMatchObject({
      code: 'invalid-body',
      errors,
      requestId: 'r-1',
      passing: false,
    });
    const busy = { ...body, code: 'too-many-requests', errors: [] };
    expect(await problemOf(json(busy, 429, { 'retry-after': '7' }))).toMatchObject({ retryAfter: 7, passing: true });
  });

  it('is told in our words where something in front of the platform answers in its own', async () => {
    const page = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
    expect(await problemOf(page)).toMatchObject({ code: 'unreadable', title: '', passing: true });
    expect(await problemOf(json({ message: 'no' }, 500))).toMatchObject({ code: 'unreadable', passing: false });
    expect(await problemOf(json('{', 503))).toMatchObject({ code: 'unreadable', status: 503 });
  });

  it('makes nobody wait for an hour because a header says so', () => {
    expect(['3', '3600', 'Wed, 21 Oct 2026 07:28:00 GMT', '-1', null].map(retryAfterOf)).toEqual([
      3,
      60,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

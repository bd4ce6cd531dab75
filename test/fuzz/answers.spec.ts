import { describe, expect, it } from '@jest/globals';
import { fault } from './answers.js';
import { routes } from './document.js';

const list = routes.find(({ operation }) => operation.operationId === 'listCompanies')!;
const judged = (status: number, body: unknown, type = asJson) =>
  fault(list.path, list.method, list.operation, { status, type, body: JSON.stringify(body) });
const problem = {
  type: '/problems/not-found',
  title: 't',
  status: 404,
  code: 'not-found',
  detail: 'd',
  errors: [],
  requestId: 'r',
};
const asJson = 'application/json; charset=utf-8';
const asProblem = 'application/problem+json; charset=utf-8';

describe('The judge of fuzzed answers', () => {
  it('has nothing against what is documented', () => {
    expect(judged(200, { items: [], nextCursor: null })).toBeUndefined();
    expect(judged(404, problem, asProblem)).toBeUndefined();
  });

  it.each<[string, number, unknown, string]>([
    ['an error of ours', 500, { ...problem, status: 500, code: 'internal' }, asProblem],
    ['an engine that is away', 503, { ...problem, status: 503, code: 'unavailable' }, asProblem],
    ['another shape', 200, { items: [] }, asJson],
    ['an item of another shape', 200, { items: [{ id: 7 }], nextCursor: null }, asJson],
    ['another media type', 200, { items: [], nextCursor: null }, 'text/html'],
    ['a status that is not documented', 201, {}, asJson],
    ['a refusal that is no problem', 404, problem, asJson],
    ['a problem with a code of its own', 404, { ...problem, code: 'oops' }, asProblem],
    ['a problem that says another status', 400, problem, asProblem],
  ])('finds %s', (_, status, body, type) => expect(judged(status, body, type)).toEqual(expect.any(String)));
});

import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { Problem } from '#libs/contracts';
import { isTransient, PermanentError, retryDelay } from './failure.js';

describe('A failure', () => {
  it.each([
    ['a lost connection', Object.assign(new Error('x'), { code: 'ECONNRESET' })],
    ['a database that shuts down', Object.assign(new Error('x'), { driverError: { code: '57P01' } })],
    ['a deadlock', Object.assign(new Error('x'), { code: '40P01' })],
    ['a transaction whose connection broke', new QueryRunnerAlreadyReleasedError()],
    ['a transaction whose connection broke before', new QueryRunnerProviderAlreadyReleasedError()],
    ['a pool without a connection', new Error('timeout exceeded when trying to connect')],
    [
      'a fetch without an answer',
      Object.assign(new TypeError('fetch failed'), { cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } }),
    ],
    ['a service that does not answer', new Problem('unavailable', 'x')],
  ])('is a matter of waiting when it is %s', (_name, error) => expect(isTransient(error)).toBe(true));

  it.each([
    ['a violated constraint', Object.assign(new Error('x'), { code: '23505' })],
    ['a programming error', new TypeError('x is undefined')],
    ['a refusal', new Problem('not-found', 'x')],
    ['a permanent one', new PermanentError('x')],
    ['nothing at all', undefined],
  ])('is counted when it is %s', (_name, error) => expect(isTransient(error)).toBe(false));

  it('is repeated after a second, then after twice as long each time, at most a minute', () => {
    const delays = (first?: number) => [1, 2, 3, 6, 7, 40].map((n) => retryDelay(n, first));
    expect(delays()).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
    expect(delays(100)).toEqual([100, 200, 400, 3200, 6400, 60_000]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { returnPath } from './return-to.js';

const to = (given: unknown) => returnPath(given, 'https://ceresio.example', '/home');

describe('After signing in a browser', () => {
  it.each(['/', '/docs', '/find?q=laser&tab=experts#top', '/auth/session'])('goes back to %s', (path) =>
    expect(to(path)).toBe(path),
  );

  it.each([
    undefined,
    7,
    '',
    'docs',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/a\\b',
    '\\/elsewhere.example',
    'javascript:alert(1)',
    '/..//elsewhere.example\u0000',
    '/auth/login?returnTo=/auth/login',
    `/${'x'.repeat(2000)}`,
  ])('is not led away by %j', (given) => expect(to(given)).toBe('/home'));

  it('stays on this site also where dots and slashes are mixed', () => {
    for (const path of ['/..//elsewhere.example', '/.//elsewhere.example', '/%2f%2felsewhere.example'])
      expect(new URL(to(path), 'https://ceresio.example').origin).toBe('https://ceresio.example');
  });
});

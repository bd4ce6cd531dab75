import { describe, expect, it } from '@jest/globals';
import { mayBeForged, type Provenance } from './csrf.js';

const OWN = 'https://ceresio.example';
const good: Provenance = { method: 'POST', site: 'same-origin', origin: OWN, marked: true };
const forged = (change: Partial<Provenance>) => mayBeForged({ ...good, ...change }, OWN);

describe('A request that brings only a cookie', () => {
  it('is believed when it comes from a page of ours', () => {
    expect(forged({})).toBe(false);
    expect(forged({ site: undefined })).toBe(false);
    expect(forged({ origin: undefined })).toBe(false);
  });

  it('may read from anywhere', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect(forged({ method, site: 'cross-site', origin: 'https://evil.example', marked: false })).toBe(false);
  });

  it.each<[string, Partial<Provenance>]>([
    ['from another site', { site: 'cross-site', origin: 'https://evil.example' }],
    ['from a neighbouring name', { site: 'same-site', origin: 'https://blog.ceresio.example' }],
    ['from another port', { site: undefined, origin: `${OWN}:8443` }],
    ['from a page without an origin', { site: undefined, origin: 'null' }],
    ['from nobody knows where', { site: undefined, origin: undefined }],
    ['typed into the address bar', { site: 'none', origin: undefined }],
    ['by a plain form', { marked: false }],
    ['by DELETE', { method: 'DELETE', marked: false }],
  ])('is refused %s', (_, change) => expect(forged(change)).toBe(true));
});

import { describe, expect, it } from '@jest/globals';
import { preferred } from './language.js';

describe('The language of the page', () => {
  it('is the one that was chosen, else the first of the browser that the portal speaks, else Italian', () => {
    expect(preferred('fr', ['de-CH'])).toBe('fr');
    expect(preferred(undefined, ['rm', 'de-CH', 'it-CH'])).toBe('de');
    expect(preferred('xx', ['EN-us'])).toBe('en');
    expect(preferred(undefined, ['es'])).toBe('it');
  });
});

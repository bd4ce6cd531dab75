import { describe, expect, it } from '@jest/globals';
import { checkOrcid } from './orcid.js';

describe('An ORCID iD', () => {
  it.each([
    ['0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['0000000218250097', '0000-0002-1825-0097'],
    [' https://orcid.org/0000-0002-1694-233x ', '0000-0002-1694-233X'],
  ])('written %s is kept as %s', (given, value) => {
    expect(checkOrcid(given)).toEqual({ value });
  });

  it.each([
    ['0000-0002-1825-0098', 'these fifteen digits need 7'],
    ['0000-0002-1694-2330', 'need X'],
    ['0000-0002-1825', 'such as 0000-0002-1825-0097'],
    ['0000-0002-1825-00970', 'sixteen digits'],
    ['', 'sixteen digits'],
  ])('written %s is refused with what would be right', (given, hint) => {
    expect(checkOrcid(given)).toEqual({ error: expect.stringContaining(hint) });
  });
});

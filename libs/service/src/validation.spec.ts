import { describe, expect, it } from '@jest/globals';
import { companyCreateSchema, type Lang } from '#libs/contracts';
import { inputErrors, speaking } from './validation.js';

function errorsOf(input: unknown, lang: Lang = 'en') {
  const result = companyCreateSchema.safeParse(input, speaking(lang));
  return result.success ? [] : inputErrors(result.error);
}

describe('What is wrong with an input', () => {
  const company = { name: 'Filatura Esempio', country: 'IT' };

  it('is told with a JSON Pointer to the field', () => {
    expect(errorsOf({ ...company, identifiers: [{ scheme: 'vat-it', value: 7 }] })).toMatchObject([
      { pointer: '/identifiers/0/value', detail: expect.stringContaining('expected string') },
    ]);
  });

  it('names unknown fields, escaping what a pointer cannot hold', () => {
    expect(errorsOf({ ...company, 'a/b~c': 1, sizes: 2 }).map((error) => error.pointer)).toEqual([
      '/a~1b~0c',
      '/sizes',
    ]);
  });

  it('looks into the shape that was meant', () => {
    expect(errorsOf({ ...company, offers: [{ competence: 'welding', level: 'guru' }] })).toMatchObject([
      { pointer: '/offers/0/level' },
    ]);
    expect(errorsOf({ ...company, offers: [5] })).toMatchObject([{ pointer: '/offers/0' }]);
  });

  it('speaks the language of the caller', () => {
    const details = (['it', 'en', 'de', 'fr'] as const).map((lang) => errorsOf({ country: 'IT' }, lang)[0]?.detail);
    expect(new Set(details).size).toBe(4);
  });

  it('is cut where it would become a long answer to a short question', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, 1]));
    expect(errorsOf({ ...company, ...many })).toHaveLength(50);
  });
});

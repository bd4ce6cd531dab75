import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '#libs/contracts';
import { companyView } from './company.dto.js';
import { blankCompany } from './company-draft.js';
import { completeness } from './completeness.js';

const { completeness: _, ...blank } = companyView(
  blankCompany('01890000-0000-7000-8000-000000000000', new Date(0)),
  [],
  {
    actor: { kind: 'admin' },
    lang: 'it',
  },
);
const full = {
  ...blank,
  text: 'Torniamo pezzi piccoli.',
  offers: [{ id: 'turning', label: 'tornitura' }],
  seeks: [{ id: null, label: 'qualcosa' }],
  sectors: [{ scheme: 'ATECO2025' as const, code: '25.53.00', nace: '25.53' }],
  territory: 'ITC43',
  contact: { email: 'prova@example.org' },
  languages: ['it' as const],
  sizeClass: 'micro' as const,
  identifiers: [{ scheme: 'rea-it' as const, value: 'LC-1', source: 'firm', checkedAt: new Date(0).toISOString() }],
  website: 'https://example.org',
};

describe('The completeness of a profile', () => {
  it('begins at nothing and asks for the description first', () => {
    expect(completeness(blank, 'en')).toMatchObject({ percent: 0, nextStep: { field: 'text', gain: 20 } });
  });

  it('is reached with nothing more to ask', () => {
    expect(completeness(full, 'en')).toEqual({ percent: 100, nextStep: null });
  });

  it('grows by exactly what the next step promises', () => {
    let profile = { ...blank };
    for (;;) {
      const { percent, nextStep } = completeness(profile, 'en');
      if (!nextStep) break;
      const field = nextStep.field === 'people' ? 'sizeClass' : nextStep.field;
      profile = { ...profile, [field]: full[field as keyof typeof full] };
      expect(completeness(profile, 'en').percent).toBe(percent + nextStep.gain);
    }
    expect(profile).toEqual(full);
  });

  it('speaks the language of the reader', () => {
    const texts = LANGUAGES.map((lang) => completeness(blank, lang).nextStep?.text);
    expect(new Set(texts).size).toBe(4);
    expect(texts[2]).toContain('Beschreiben Sie');
  });
});

import { describe, expect, it } from '@jest/globals';
import { stepsOf } from './main-action.js';
import { paragraphs } from './paragraphs.js';

describe('A notice', () => {
  const refs = { interestId: 'i', suggestionId: 's', opportunityId: 'o', alertId: 'a' };
  const leads = (kind: Parameters<typeof stepsOf>[0]['kind'], of: object = refs) =>
    stepsOf({ kind, refs: of }).map(({ to, id }) => `${to} ${id ?? ''}`.trim());

  it('leads first to what it asks for', () => {
    expect(leads('suggested')).toEqual(['suggestion s']);
    expect(leads('suggestions-ready')).toEqual(['opportunity o']);
    expect(leads('interest-received')).toEqual(['interest i']);
    expect(leads('opportunity-expiring')).toEqual(['opportunity o']);
    expect(leads('alert-hit')).toEqual(['alert a']);
    expect(leads('address-refused')).toEqual(['profile']);
    expect(leads('webhook-disabled')).toEqual(['webhooks']);
  });

  it('offers the next best after a no and after silence, and nothing that is not there', () => {
    expect(leads('interest-answered')).toEqual(['interest i', 'suggestion s']);
    expect(leads('interest-answered', { interestId: 'i' })).toEqual(['interest i']);
    expect(leads('interest-expired')).toEqual(['suggestion s', 'interest i']);
    expect(leads('interest-expired', { interestId: 'i' })).toEqual(['interest i']);
    expect(leads('suggested', {})).toEqual([]);
  });

  it('leads to where a coordinator was asked: the suggestion, or else the opportunity', () => {
    expect(leads('help-answered')).toEqual(['suggestion s']);
    expect(leads('help-answered', { opportunityId: 'o' })).toEqual(['opportunity o']);
  });

  it('says its reasons once, as reasons', () => {
    const reasons = [{ text: 'Both have lasers' }, { text: 'Near by' }];
    const text = 'Why you:\n– Both have lasers\n– Near by\n– An own line\nWhat next: read it.';
    expect(paragraphs(text, reasons)).toEqual({
      before: ['Why you:'],
      after: ['– An own line', 'What next: read it.'],
    });
    expect(paragraphs('One\nTwo', [])).toEqual({ before: [], after: ['One', 'Two'] });
  });
});

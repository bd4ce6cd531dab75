import { describe, expect, it } from '@jest/globals';
import { DECLINE_REASONS, LANGUAGES, type OpportunityCard, type Reason } from '#libs/contracts';
import { INTEREST } from '../../test/sample-notices.js';
import { type Cause, noticeText } from './notice-text.js';

// An invented firm and need.
const card: OpportunityCard = {
  id: '01900000-0000-7000-8000-000000000001',
  type: 'TR',
  state: 'published',
  title: 'Sensori\nper telai',
  summary: 'Invented',
  lang: 'it',
  expiresAt: '2026-12-24T11:00:00.000Z',
  anonymous: false,
  country: 'CH',
  territory: null,
  company: { id: '01900000-0000-7000-8000-000000000002', name: 'Inventata Srl', country: 'CH', territory: null },
};
const reason = (text: string, weight: number): Reason => ({ code: 'x', params: {}, text, weight });
const reasons = [reason('lesser', 0.1), reason('least', 0.01), reason('greatest', 0.6), reason('middle', 0.3)];
const known: Cause = { status: 'known', card, reasons, found: 4 };

describe('The text of a notice', () => {
  it('says in every language who seeks what, with the three weightiest reasons and what to do next', () => {
    const titles = LANGUAGES.map((lang) => noticeText({ kind: 'suggested' }, known, lang).title);
    expect(titles).toEqual([
      'Inventata Srl (Svizzera) cerca: Sensori per telai',
      'Inventata Srl (Switzerland) is looking for: Sensori per telai',
      'Inventata Srl (Schweiz) sucht: Sensori per telai',
      'Inventata Srl (Suisse) recherche : Sensori per telai',
    ]);
    const beginnings = ['Che cosa fare ora', 'What next', 'Nächster Schritt', 'Et maintenant'];
    for (const [i, lang] of LANGUAGES.entries()) {
      const { text, reasons: shown } = noticeText({ kind: 'suggested' }, known, lang);
      expect(shown.map((one) => one.text)).toEqual(['greatest', 'middle', 'lesser']);
      expect(text).toMatch(/^.+:\n– greatest\n– middle\n– lesser\n/);
      expect(text).toContain(beginnings[i]);
    }
  });

  it('tells an offer from a need', () => {
    const offer: Cause = { ...known, card: { ...card, type: 'TO' } };
    const verbs = ['offre', 'offers', 'bietet an', 'propose'];
    for (const [i, lang] of LANGUAGES.entries())
      expect(noticeText({ kind: 'suggested' }, offer, lang).title).toContain(verbs[i]);
  });

  it('counts what was found for the owner, in the singular and the plural', () => {
    const title = (found: number) =>
      LANGUAGES.map((lang) => noticeText({ kind: 'suggestions-ready' }, { ...known, found }, lang).title);
    expect(title(1)).toEqual([
      '1 suggerimento per «Sensori per telai»',
      '1 suggestion for “Sensori per telai”',
      '1 Vorschlag für «Sensori per telai»',
      '1 suggestion pour « Sensori per telai »',
    ]);
    expect(title(4).map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      '4 suggerimenti',
      '4 suggestions',
      '4 Vorschläge',
      '4 suggestions',
    ]);
  });

  it('shows nothing of an opportunity that is gone or that nobody can be asked about', () => {
    for (const lang of LANGUAGES) {
      const gone = noticeText({ kind: 'suggested' }, { status: 'gone' }, lang);
      const away = noticeText({ kind: 'suggested' }, { status: 'away' }, lang);
      expect(gone.text).not.toBe(away.text);
      for (const { title, reasons: shown } of [gone, away]) {
        expect(title).not.toContain('Inventata');
        expect(shown).toEqual([]);
      }
    }
  });

  it('names nobody where a firm stays unnamed, and does not send its reader to a profile', () => {
    const unnamed: Cause = { ...known, card: { ...card, anonymous: true, company: null } };
    const texts = LANGUAGES.map((lang) => noticeText({ kind: 'suggested' }, unnamed, lang));
    expect(texts.map(({ title }) => title)).toEqual([
      'Un’impresa anonima della regione (Svizzera) cerca: Sensori per telai',
      'An anonymous firm of the region (Switzerland) is looking for: Sensori per telai',
      'Eine ungenannte Firma der Region (Schweiz) sucht: Sensori per telai',
      'Une entreprise anonyme de la région (Suisse) recherche : Sensori per telai',
    ]);
    for (const { next } of texts) expect(next).not.toMatch(/profil/i);
  });

  it('says every reason of a no in words', () => {
    for (const lang of LANGUAGES) {
      const said = DECLINE_REASONS.map((reasonCode) => {
        const interest = { ...INTEREST, state: 'not-pertinent' as const, reasonCode, note: null };
        const other = { name: 'Ada Inventata', country: 'CH', hidden: false };
        return noticeText(
          { kind: 'interest-answered' },
          { status: 'interest', card, interest, other, asker: true },
          lang,
        ).quote;
      });
      expect(new Set(said).size).toBe(DECLINE_REASONS.length);
      for (const quote of said) expect(quote).toMatch(/^\p{Lu}\p{L}+ ?: .{4,}\.$/u);
    }
  });

  it('has a next step for a request only while it is open', () => {
    const text = (state: 'submitted' | 'taken-over' | 'expired') => {
      const other = { name: 'Ada Inventata', country: 'CH', hidden: false };
      const interest = { ...INTEREST, state };
      return noticeText(
        { kind: 'interest-received' },
        { status: 'interest', card, interest, other, asker: false },
        'en',
      ).next;
    };
    expect(text('submitted')).toContain('accept or decline by 8 December 2026');
    for (const state of ['taken-over', 'expired'] as const) expect(text(state)).toContain('no longer open');
  });
});

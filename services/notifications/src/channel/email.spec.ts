import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Lang, type OpportunityCard } from '#libs/contracts';
import type { NoticeEntity, NoticeKind } from '../notice/notice.entity.js';
import { noticeText } from '../notice/notice-text.js';
import { emailOf } from './email.js';

const OPPORTUNITY = '01900000-0000-7000-8000-000000000001';

/** A mail to an invented person about an invented need. */
function mail(lang: Lang, title = 'Sensori', kind: NoticeKind = 'suggested') {
  const card: OpportunityCard = {
    id: OPPORTUNITY,
    type: 'TR',
    state: 'published',
    title,
    summary: 'Più <veloci> & precisi',
    lang: 'it',
    expiresAt: null,
    company: { id: OPPORTUNITY, name: 'Inventata & Figli', country: 'IT', territory: null },
  };
  const reasons = [{ code: 'x', params: {}, text: 'Sa di <sensori>', weight: 1 }];
  const told = { ...noticeText(kind, { status: 'known', card, reasons, found: 2 }, lang), card, standing: true };
  const address = { id: OPPORTUNITY, name: 'Ada <Inventata>', email: 'ada@example.org', lang };
  return emailOf({ kind, opportunityId: OPPORTUNITY } as NoticeEntity, told, address, 'https://ceresio.example');
}

describe('A mail', () => {
  it('has every part in every language, as HTML and as plain text', async () => {
    for (const lang of LANGUAGES) {
      const { html, text, subject } = await mail(lang);
      expect(html).toContain(`lang="${lang}"`);
      expect(html).not.toMatch(/\{\{|undefined/);
      expect(text).not.toMatch(/\{\{|undefined/);
      expect(subject).toContain('Inventata & Figli');
      for (const part of [
        'Sa di <sensori>',
        'Più <veloci> & precisi',
        'Ada <Inventata>',
        'https://ceresio.example/docs',
      ]) {
        expect(text).toContain(part);
      }
    }
  });

  it('loads nothing from anywhere when it is opened', async () => {
    const { html } = await mail('it');
    expect(html).not.toMatch(/<(img|link|script|iframe)|@import|url\(|src=/i);
    const addresses = [...html.matchAll(/https?:\/\/[^\s"'<)]+/g)].map(([address]) => new URL(address).host);
    expect(new Set(addresses)).toEqual(new Set(['ceresio.example', 'www.w3.org']));
  });

  it('shows what people wrote as text, never as markup or as a part of the template', async () => {
    const { html } = await mail('en', '<script>x</script> {{greeting}} $&');
    expect(html).toContain('&lt;script&gt;x&lt;/script&gt; {{greeting}} $&amp;');
    expect(html).toContain('Sa di &lt;sensori&gt;');
    expect(html).not.toContain('<script>');
  });

  it('leads an owner to the suggestions', async () => {
    const { text } = await mail('de', 'Sensoren', 'suggestions-ready');
    expect(text).toContain(`https://ceresio.example/v1/opportunities/${OPPORTUNITY}/suggestions`);
    expect(text).toContain('2 Vorschläge für «Sensoren»');
  });
});

import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Lang, NOTICE_KINDS, type NoticeKind } from '#libs/contracts';
import { CARD, sampleNotices } from '../../test/sample-notices.js';
import { digestOf, emailOf } from './email.js';

/** What says that mails do not arrive is not sent by mail. */
const MAILED = NOTICE_KINDS.filter((kind) => kind !== 'address-refused');
const PUBLIC = 'https://ceresio.example';
const OFF = `${PUBLIC}/unsubscribe/token`;
const envelope = (lang: Lang) => ({ address: { name: 'Ada <Inventata>' }, lang, publicUrl: PUBLIC, offUrl: OFF });
const of = (lang: Lang, kind: NoticeKind = 'suggested', title?: string) =>
  sampleNotices(lang, title).find(({ notice }) => notice.kind === kind)!;
const mail = (lang: Lang, kind?: NoticeKind, title?: string) => emailOf(of(lang, kind, title), envelope(lang));

describe('A mail', () => {
  it('has every part in every language and for every kind of notice, as HTML and as plain text', async () => {
    for (const lang of LANGUAGES) {
      for (const item of sampleNotices(lang)) {
        const { html, text, subject } = await emailOf(item, envelope(lang));
        expect(html).toContain(`lang="${lang}"`);
        for (const body of [html, text]) {
          expect(body).not.toMatch(/\{\{|undefined|\bnull\b|\[object/);
          expect(body).toContain(OFF);
          expect(body).toContain(`${PUBLIC}/v1/preferences`);
        }
        expect(subject).not.toMatch(/^[a-zà]/);
        for (const part of [item.told.next, item.told.because.text, 'Ada <Inventata>', `${PUBLIC}/docs`]) {
          expect(text).toContain(part);
        }
      }
    }
  });

  it('loads nothing from anywhere when it is opened, and leads nowhere but to the platform', async () => {
    for (const lang of LANGUAGES) {
      const items = sampleNotices(lang);
      const all = [await digestOf(items, envelope(lang))];
      for (const item of items) all.push(await emailOf(item, envelope(lang)));
      for (const { html } of all) {
        expect(html).not.toMatch(
          /<(img|link|script|iframe|object|video|audio|base|form)\b|@import|url\(|\ssrc=|background=/i,
        );
        const addresses = [...html.matchAll(/https?:\/\/[^\s"'<)]+/g)].map(([address]) => new URL(address).origin);
        // The name space of Outlook's and XHTML's markup is a name: nobody fetches it.
        expect(new Set(addresses)).toEqual(new Set([PUBLIC, 'http://www.w3.org']));
      }
    }
  });

  it('shows what people wrote as text, never as markup or as a part of the template', async () => {
    const { html } = await mail('en', 'suggested', '<script>x</script> {{greeting}} $&');
    expect(html).toContain('&lt;script&gt;x&lt;/script&gt; {{greeting}} $&amp;');
    expect(html).toContain('Sa di &lt;sensori&gt;');
    expect(html).not.toContain('<script>');
    const { html: request } = await mail('en', 'interest-received');
    expect(request).toContain('&lt;b&gt;Possiamo parlarne?');
  });

  it('leads to where its reader goes on', async () => {
    const path = async (kind: NoticeKind) => {
      const { text } = await mail('it', kind);
      return /https:\/\/ceresio\.example\/v1\/\S+/
        .exec(text)?.[0]
        .replace(PUBLIC, '')
        .replaceAll(/[0-9a-f-]{36}/g, ':id');
    };
    expect(Object.fromEntries(await Promise.all(MAILED.map(async (kind) => [kind, await path(kind)])))).toMatchObject({
      suggested: '/v1/opportunities/:id',
      'suggestions-ready': '/v1/opportunities/:id/suggestions',
      'interest-received': '/v1/interests/:id',
      // Declined: the next best is among the suggestions.
      'interest-answered': '/v1/opportunities/:id/suggestions',
      'contact-open': '/v1/interests/:id',
      'help-answered': '/v1/help-requests/:id',
      'alert-hit': '/v1/alerts/:id',
      'opportunity-expiring': '/v1/opportunities/:id',
      'webhook-disabled': '/v1/webhooks/:id',
    });
  });

  it('says that one competence can be muted, where one was the reason', async () => {
    expect((await mail('en', 'suggested')).text).toContain('or not for this competence');
    expect((await mail('en', 'contact-open')).text).not.toContain('or not for this competence');
  });
});

describe('A digest', () => {
  it('holds everything, in the order it was given, in every language', async () => {
    for (const lang of LANGUAGES) {
      const items = sampleNotices(lang);
      const { html, text, subject } = await digestOf(items, envelope(lang));
      expect(subject).toContain(String(items.length));
      expect(html).not.toMatch(/\{\{|undefined|\bnull\b|\[object/);
      const places = items.map(({ told }) => text.indexOf(`* ${told.title}`));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
      for (const { told } of items) expect(text).toContain(told.next);
    }
  });

  it('names what is too much to be told at length by its title', async () => {
    const many = Array.from({ length: 40 }, (_, n) => {
      const { notice, told } = of('de');
      return { notice, told: { ...told, title: `Titel ${n}`, reasons: [], card: CARD } };
    });
    const { text, html } = await digestOf(many, envelope('de'));
    for (const { told } of many) {
      expect(text).toContain(told.title);
      expect(html).toContain(told.title);
    }
    expect(html.length).toBeLessThan(102_400);
  });

  it('of one notice has its title as the subject', async () => {
    const { subject } = await digestOf([of('fr')], envelope('fr'));
    expect(subject).toBe(of('fr').told.title);
  });
});

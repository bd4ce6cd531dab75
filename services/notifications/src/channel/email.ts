import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';
import type { Address, Lang, NoticeKind } from '#libs/contracts';
import type { NoticeEntity } from '../notice/notice.entity.js';
import type { ToldNotice } from '../notice/notice-texts.service.js';
import { EMAIL_WORDS } from './email.words.js';

export interface Email {
  subject: string;
  text: string;
  html: string;
}

/** A notice with its words. */
export interface Told {
  notice: NoticeEntity;
  told: ToldNotice;
}

/** What differs from one installation, reader and letter to another. */
export interface Envelope {
  address: Pick<Address, 'name'>;
  lang: Lang;
  /** Where the gateway is reached. */
  publicUrl: string;
  /** The page on which these mails are switched off. */
  offUrl: string;
}

/** From this many on a digest names the rest by their titles alone. */
const FULL = 15;

let template: Promise<string> | undefined;

/** Compiled once: what differs from mail to mail is put into the finished HTML. */
function compiled(): Promise<string> {
  template ??= mjml2html(readFileSync(new URL('./email.mjml', import.meta.url), 'utf8'), {
    // The default would fetch fonts from outside whenever a mail is opened.
    fonts: {},
    validationLevel: 'strict',
  }).then(({ html }) => html);
  return template;
}

/** The mail for a notice, as HTML without any remote resource and as plain text. */
export function emailOf(item: Told, envelope: Envelope): Promise<Email> {
  const { told } = item;
  const words = EMAIL_WORDS[envelope.lang];
  const block = blockOf(item, envelope);
  const off = told.because.competence ? words.offOrMute : words.off;
  return mail(envelope, {
    subject: told.title,
    title: told.title,
    preview: told.next,
    body: { html: contentHtml(block) + buttonHtml(block), text: contentText(block) },
    footer: [told.because.text, `${off} ${envelope.offUrl}`, ...choices(envelope)],
  });
}

/** One mail for many notices, in their order. */
export function digestOf(items: Told[], envelope: Envelope): Promise<Email> {
  const { digest, off } = EMAIL_WORDS[envelope.lang];
  const blocks = items.map((item) => ({ ...blockOf(item, envelope), title: item.told.title }));
  const rest = blocks.slice(FULL);
  const list = rest.map((block) => `<li style="margin:0 0 8px 0">${link(block.url, block.title)}</li>`).join('');
  const html = [
    `<div>${escapeHtml(digest.intro)}</div>`,
    ...blocks
      .slice(0, FULL)
      .map(
        (block) =>
          `<div style="margin:24px 0 0 0;padding:20px 0 0 0;border-top:1px solid #d5dde2"><div style="margin:0 0 8px 0;font-weight:bold">${escapeHtml(block.title)}</div>${contentHtml(block)}<div style="font-size:14px">${link(block.url, block.label)}<div style="margin:8px 0 0 0;font-size:13px;color:#445360">${escapeHtml(block.because)}</div></div></div>`,
      ),
    list && `<ul style="margin:24px 0 0 0;padding:20px 0 0 20px;border-top:1px solid #d5dde2">${list}</ul>`,
  ];
  const text = [
    digest.intro,
    ...blocks.slice(0, FULL).map((block) => `* ${block.title}\n\n${contentText(block)}\n\n${block.because}`),
    rest.map((block) => `* ${block.title}\n  ${block.url}`).join('\n'),
  ];
  return mail(envelope, {
    subject: digest.subject(items.length, items[0]?.told.title ?? ''),
    title: digest.title(items.length),
    preview: items.map(({ told }) => told.title).join(' · '),
    body: { html: html.join(''), text: text.filter(Boolean).join('\n\n') },
    footer: [`${off} ${envelope.offUrl}`, ...choices(envelope)],
  });
}

/** What a mail is made of; every part is text save the HTML of the body. */
export interface Parts {
  subject: string;
  title: string;
  preview: string;
  body: { html: string; text: string };
  footer: string[];
}

function choices({ lang, publicUrl }: Envelope): string[] {
  const words = EMAIL_WORDS[lang];
  return [words.preferences(`${publicUrl}/v1/preferences`), words.linkNote(`${publicUrl}/docs`)];
}

/** A whole mail of its parts, in the one template. */
export async function mail({ address, lang }: Pick<Envelope, 'address' | 'lang'>, parts: Parts): Promise<Email> {
  const { subject, title, preview, body, footer } = parts;
  const greeting = EMAIL_WORDS[lang].greeting(address.name);
  const slots: Record<string, string> = {
    lang,
    title: escapeHtml(title),
    preview: escapeHtml(preview),
    greeting: escapeHtml(greeting),
    body: body.html,
    footer: footer.map((line) => `<div style="margin:0 0 8px 0">${linked(line)}</div>`).join(''),
  };
  const html = (await compiled()).replaceAll(/\{\{(\w+)\}\}/g, (_all, key: string) => slots[key] ?? '');
  const text = [greeting, title, body.text, `--\nCeresio\n${footer.join('\n')}`].join('\n\n');
  return { subject, text: `${text}\n`, html };
}

interface Block {
  summary: string;
  why: string;
  reasons: string[];
  quote: string;
  next: string;
  url: string;
  label: string;
  because: string;
}

function blockOf({ notice, told }: Told, { lang, publicUrl }: Envelope): Block {
  const place = placeOf(notice, told);
  return {
    summary: notice.kind === 'suggested' ? (told.card?.summary ?? '') : '',
    why: told.why,
    reasons: told.reasons.map((reason) => reason.text),
    quote: told.quote,
    next: told.next,
    url: `${publicUrl}${place.path}`,
    label: EMAIL_WORDS[lang].labels[place.label],
    because: told.because.text,
  };
}

type Place = { path: string; label: keyof (typeof EMAIL_WORDS)['it']['labels'] };

/** Where the reader goes on. */
function placeOf({ kind, aboutId, opportunityId }: NoticeEntity, told: ToldNotice): Place {
  const opportunity = `/v1/opportunities/${opportunityId}`;
  const suggestions: Place = { path: `${opportunity}/suggestions`, label: 'suggestions' };
  const places: Partial<Record<NoticeKind, Place>> = {
    suggested: { path: opportunity, label: 'opportunity' },
    'opportunity-expiring': { path: opportunity, label: 'opportunity' },
    'suggestions-ready': suggestions,
    'help-answered': { path: `/v1/help-requests/${aboutId}`, label: 'interest' },
    'alert-hit': { path: `/v1/alerts/${aboutId}`, label: 'alert' },
    'webhook-disabled': { path: `/v1/webhooks/${aboutId}`, label: 'webhook' },
  };
  return (
    places[kind] ?? (told.nextSuggestionId ? suggestions : { path: `/v1/interests/${aboutId}`, label: 'interest' })
  );
}

function contentHtml({ summary, why, reasons, quote, next }: Block): string {
  const items = reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('');
  const list = items ? `<ul style="margin:4px 0 0 0;padding-left:20px">${items}</ul>` : '';
  return [escapeHtml(summary), escapeHtml(why) + list, lines(quote), escapeHtml(next)]
    .filter(Boolean)
    .map((part) => `<div style="margin:0 0 16px 0">${part}</div>`)
    .join('');
}

function contentText({ summary, why, reasons, quote, next, url, label }: Block): string {
  const because = [why, ...reasons.map((reason) => `- ${reason}`)].filter(Boolean).join('\n');
  return [summary, because, quote, next, `${label}: ${url}`].filter(Boolean).join('\n\n');
}

// Padding on the link itself: mail programs that ignore it still show a link.
function buttonHtml({ url, label }: Block): string {
  const style =
    'display:inline-block;padding:12px 20px;background:#0b5c6b;color:#ffffff;border-radius:4px;text-decoration:none';
  return `<div style="margin:20px 0 16px 0"><a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></div><div style="font-size:13px;color:#445360">${link(url, url)}</div>`;
}

const link = (url: string, label: string): string =>
  `<a href="${escapeHtml(url)}" style="color:#0b5c6b;word-break:break-word;overflow-wrap:anywhere">${escapeHtml(label)}</a>`;

const lines = (text: string): string => text.split('\n').map(escapeHtml).join('<br />');

/** A line of ours that ends with an address: it becomes the link itself. */
function linked(line: string): string {
  const url = /https?:\/\/\S+$/.exec(line)?.[0];
  if (!url) return escapeHtml(line);
  return link(url, line.slice(0, -url.length).replace(/[\s:]+$/, ''));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML. French has spaces inside its quotes and before its colons: no line may end there. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replaceAll(/« | (?=[»:;?!])/g, (spaced) => spaced.replace(' ', '&nbsp;'));
}

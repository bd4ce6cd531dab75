import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';
import type { Address, Lang } from '#libs/contracts';
import type { NoticeEntity } from '../notice/notice.entity.js';
import type { ToldNotice } from '../notice/notice-texts.service.js';
import { EMAIL_WORDS } from './email.words.js';

export interface Email {
  subject: string;
  text: string;
  html: string;
}

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

/** The mail for a notice, as HTML without any remote resource and as plain text, in the language of the address. */
export async function emailOf(
  notice: NoticeEntity,
  told: ToldNotice,
  address: Address,
  publicUrl: string,
): Promise<Email> {
  const parts = partsOf(notice, told, address, publicUrl);
  const html = (await compiled()).replaceAll(/\{\{(\w+)\}\}/g, (_all, key: string) => {
    if (key === 'body') return bodyOf(parts, told);
    return escapeHtml(parts[key as keyof typeof parts] ?? '');
  });
  const text = [
    parts.greeting,
    parts.title,
    parts.summary,
    [parts.why, ...told.reasons.map((reason) => `- ${reason.text}`)].filter(Boolean).join('\n'),
    parts.next,
    `${parts.linkLabel}: ${parts.link}\n${parts.linkNote}`,
    `--\nCeresio\n${parts.footer}`,
  ]
    .filter(Boolean)
    .join('\n\n');
  return { subject: parts.title, text: `${text}\n`, html };
}

function partsOf(notice: NoticeEntity, told: ToldNotice, { name, lang }: Address, publicUrl: string) {
  const words = EMAIL_WORDS[lang];
  const owner = notice.kind === 'suggestions-ready';
  const opportunity = `${publicUrl}/v1/opportunities/${notice.opportunityId}`;
  return {
    lang: lang satisfies Lang,
    title: told.title,
    preview: told.next,
    greeting: words.greeting(name),
    summary: owner ? '' : (told.card?.summary ?? ''),
    why: told.why,
    next: told.next,
    link: owner ? `${opportunity}/suggestions` : opportunity,
    linkLabel: owner ? words.suggestionsLabel : words.openLabel,
    linkNote: words.linkNote(`${publicUrl}/docs`),
    footer: owner ? words.footerOwner : words.footerSuggested,
  };
}

function bodyOf({ summary, why, next }: { summary: string; why: string; next: string }, told: ToldNotice): string {
  const items = told.reasons.map((reason) => `<li>${escapeHtml(reason.text)}</li>`).join('');
  const list = items ? `<ul style="margin:4px 0 0 0;padding-left:20px">${items}</ul>` : '';
  return [escapeHtml(summary), escapeHtml(why) + list, escapeHtml(next)]
    .filter(Boolean)
    .map((part) => `<div style="margin:0 0 16px 0">${part}</div>`)
    .join('');
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

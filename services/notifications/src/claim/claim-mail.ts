import type { Address, Lang } from '#libs/contracts';
import { type Email, escapeHtml, mail } from '../channel/email.js';
import { CLAIM_WORDS } from './claim-mail.words.js';

const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB', de: 'de-CH', fr: 'fr-CH' };

/** The mail to the address of the register: the code, what it is for, and what to do who knows nothing of it. There is no link to follow. */
export function claimMail(
  { name, lang }: Pick<Address, 'name' | 'lang'>,
  { code, until }: { code: string; until: string },
  publicUrl: string,
): Promise<Email> {
  const words = CLAIM_WORDS[lang];
  const end = new Intl.DateTimeFormat(LOCALES[lang], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Rome',
  }).format(new Date(until));
  const paragraphs = [words.who(name), words.enter(end), code, words.otherwise];
  const html = paragraphs.map((text) => {
    const style = text === code ? 'margin:0 0 16px 0;font-size:24px;font-family:monospace' : 'margin:0 0 16px 0';
    return `<div style="${style}">${escapeHtml(text)}</div>`;
  });
  return mail(
    { address: { name }, lang },
    {
      subject: words.subject(name),
      title: words.subject(name),
      // Mail programs show this beside the subject, also on locked screens: not the code.
      preview: words.who(name),
      body: { html: html.join(''), text: paragraphs.join('\n\n') },
      footer: [words.why(publicUrl)],
    },
  );
}

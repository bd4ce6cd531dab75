import type { CaughtMail } from './mail-catcher.js';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{width:100%;border-collapse:collapse}' +
  'td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ddd}iframe{width:100%;height:32rem;border:1px solid #ddd}pre{white-space:pre-wrap}';

/** The list of mails as a page, newest first. */
export function mailListPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    (mail) =>
      `<tr><td>${escapeHtml(mail.received.slice(11, 19))}</td><td>${escapeHtml(mail.to.join(', '))}</td>` +
      `<td><a href="/mail/${escapeHtml(mail.id)}">${escapeHtml(mail.subject || '(no subject)')}</a></td></tr>`,
  );
  const list =
    rows.length > 0
      ? `<table><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr>${rows.join('')}</table>`
      : '<p>No mail yet.</p>';
  return page(
    'Mails',
    `<h1>Mails of this development network</h1><p>Nothing here was delivered to anybody.</p>${list}`,
  );
}

/** One mail as a page: what its reader sees, and its plain text. */
export function mailPage(mail: CaughtMail): string {
  const html = mail.html ? `<iframe sandbox srcdoc="${escapeHtml(mail.html)}" title="The mail"></iframe>` : '';
  return page(
    mail.subject,
    `<p><a href="/">All mails</a></p><h1>${escapeHtml(mail.subject)}</h1><p>From ${escapeHtml(mail.from)} to ${escapeHtml(mail.to.join(', '))}</p>` +
      `${html}<h2>Plain text</h2><pre>${escapeHtml(mail.text)}</pre>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style><body>${body}</body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type MailCatcher, startMailCatcher } from './mail-catcher.js';

describe('The mail catcher', () => {
  let catcher: MailCatcher;
  const send = (to: string, subject: string, html = '<p>Buongiorno</p>') =>
    createTransport(catcher.smtpUrl).sendMail({ from: 'rete@example.org', to, subject, text: 'Buongiorno', html });

  beforeEach(async () => {
    catcher = await startMailCatcher({
      refuse: (recipient) => (recipient.startsWith('nobody') ? 'No such person' : undefined),
    });
  });
  afterEach(() => catcher.close());

  it('shows what was sent, newest first, as JSON', async () => {
    await send('elena@example.org', 'Visione artificiale: è per Lei');
    await send('marco@example.org', 'Zweite Anfrage');
    const list = await (await fetch(`${catcher.webUrl}/api/v1/messages`)).json();
    expect(list).toMatchObject({
      total: 2,
      messages: [
        { to: ['marco@example.org'], subject: 'Zweite Anfrage' },
        { to: ['elena@example.org'], subject: 'Visione artificiale: è per Lei' },
      ],
    });
    const mail = await (await fetch(`${catcher.webUrl}/api/v1/message/1`)).json();
    expect(mail).toMatchObject({
      from: 'rete@example.org',
      text: expect.stringContaining('Buongiorno'),
      html: expect.stringContaining('<p>'),
    });
    expect((await fetch(`${catcher.webUrl}/api/v1/message/99`)).status).toBe(404);
  });

  it('shows a mail on its page without letting it act there', async () => {
    await send('elena@example.org', '<script>alert(1)</script>', '<script>alert(2)</script>');
    const list = await (await fetch(catcher.webUrl)).text();
    const page = await fetch(`${catcher.webUrl}/mail/1`);
    expect(list + (await page.text())).not.toContain('<script>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('refuses recipients as a mail server would', async () => {
    await expect(send('nobody@example.org', 'Vana')).rejects.toThrow(/No such person/);
    expect(catcher.mails()).toEqual([]);
  });

  it('keeps the last five hundred', async () => {
    const transport = createTransport({ url: catcher.smtpUrl, pool: true });
    for (let i = 1; i <= 505; i++) {
      await transport.sendMail({ from: 'rete@example.org', to: 'elena@example.org', subject: `${i}`, text: '.' });
    }
    transport.close();
    expect(catcher.mails()).toHaveLength(500);
    expect(catcher.mails()[0]?.subject).toBe('505');
  });
});

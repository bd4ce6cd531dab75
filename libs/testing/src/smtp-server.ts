import { type MailCatcher, startMailCatcher } from '#libs/engines';

/** An SMTP server that keeps what arrives: `mails()`, newest first. `refuse` may answer an error text for a recipient. Close it in `afterAll`. */
export function smtpServer(options: { refuse?: (recipient: string) => string | undefined } = {}): Promise<MailCatcher> {
  return startMailCatcher(options);
}

import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { CONFIG, type Config } from '../config.js';

/** What became of a mail. `reason` is a code; `badAddress`: the server will never take this recipient. */
export type Posted =
  | { state: 'sent' }
  | { state: 'failed'; reason: string; badAddress: boolean }
  | { state: 'retry'; reason: string };

interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/** Hands mails to the mail server of the installation. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  readonly enabled: boolean;
  private readonly logger = new Logger('Email');
  private readonly transport;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.enabled = config.SMTP_URL !== undefined;
    // Requeueing is the delivery row's job: the pool would send again what the server may have taken.
    this.transport = createTransport({
      pool: true,
      url: config.SMTP_URL,
      maxConnections: 4,
      maxRequeues: 0,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 10_000,
    });
    if (!this.enabled) this.logger.warn('SMTP_URL is not set: nobody is written to by e-mail');
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  /** `id` is stable: when a sender dies between the server's answer and the commit, the second mail is recognisable as the first. */
  async send(id: string, mail: SendMailOptions): Promise<Posted> {
    const from = this.config.MAIL_FROM;
    const headers = { 'Auto-Submitted': 'auto-generated', ...mail.headers };
    try {
      await this.transport.sendMail({ ...mail, from, headers, messageId: `<${id}@${domainOf(from)}>` });
      return { state: 'sent' };
    } catch (error) {
      return outcomeOf(error as SmtpError);
    }
  }
}

/** Only a refusal of this very letter is final. A password or a connection that does not work is the operator's to mend. */
function outcomeOf(error: SmtpError): Posted {
  const { code = 'UNKNOWN', responseCode = 0 } = error;
  const reason = responseCode ? `${code} ${responseCode}` : code;
  const aboutThisLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!aboutThisLetter || responseCode < 500) return { state: 'retry', reason };
  return { state: 'failed', reason, badAddress: isAboutTheAddress(error) };
}

/** The recipient was refused for good: not the sender, and not for a policy (RFC 3463, 5.7) that says nothing of the address. */
function isAboutTheAddress({ command = '', response = '' }: SmtpError): boolean {
  return command.startsWith('RCPT') && !/^\d{3}[ -]5\.7\./.test(response);
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}

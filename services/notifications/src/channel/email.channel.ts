import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG, type Config } from '../config.js';
import { type Addressed, Addresses } from './addresses.js';
import type { Channel, Letter, Outcome } from './channel.js';
import { type Content, MailContent } from './mail-content.js';

type Settle = (deliveryId: string, outcome: Outcome) => Promise<void>;

/** One mail for each letter. Address, language and text are asked for at the moment of sending and kept nowhere. */
@Injectable()
export class EmailChannel implements Channel, OnModuleDestroy {
  readonly name = 'email';
  readonly personal = true;
  readonly enabled: boolean;
  private readonly logger = new Logger('Email');
  private readonly transport;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly addresses: Addresses,
    private readonly content: MailContent,
  ) {
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

  async deliver(letters: Letter[], settle: Settle): Promise<void> {
    const addressed = await this.addresses.of(letters, settle);
    for (const [lang, group] of Map.groupBy(addressed, (one) => one.lang)) {
      const contents = await this.content.of(group, lang);
      await Promise.all(
        group.map(async (one, index) => settle(one.letter.deliveryId, await this.send(one, contents[index]!))),
      );
    }
  }

  private async send(addressed: Addressed, content: Content): Promise<Outcome> {
    if ('outcome' in content) return content.outcome;
    const { letter, name, email, lang } = addressed;
    try {
      await this.transport.sendMail({
        ...content.email,
        from: this.config.MAIL_FROM,
        to: { name, address: email },
        // Stable: when a sender dies between the server's answer and the commit, the second mail is recognisable as the first.
        messageId: `<${letter.deliveryId}@${domainOf(this.config.MAIL_FROM)}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'Content-Language': lang,
          // RFC 8058: a mail program that offers to unsubscribe posts to this address, without opening a page.
          'List-Unsubscribe': `<${content.offUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      });
      return { state: 'sent', leftOut: content.leftOut };
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.state === 'failed' && isAboutTheAddress(error))
        await this.addresses.refuse(addressed, outcome.reason);
      return outcome;
    }
  }
}

interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/** Only a refusal of this very letter is final. A password or a connection that does not work is the operator's to mend. */
function outcomeOf(error: unknown): { state: 'failed' | 'retry'; reason: string } {
  const { code = 'UNKNOWN', responseCode = 0 } = error as SmtpError;
  const reason = responseCode ? `${code} ${responseCode}` : code;
  const aboutThisLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  return { state: aboutThisLetter && responseCode >= 500 ? 'failed' : 'retry', reason };
}

/** The recipient was refused for good: not the sender, and not for a policy (RFC 3463, 5.7) that says nothing of the address. */
function isAboutTheAddress(error: unknown): boolean {
  const { command = '', response = '' } = error as SmtpError;
  return command.startsWith('RCPT') && !/^\d{3}[ -]5\.7\./.test(response);
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}

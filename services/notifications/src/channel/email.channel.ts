import { Injectable } from '@nestjs/common';
import { type Addressed, Addresses } from './addresses.js';
import type { Channel, Letter, Outcome } from './channel.js';
import { type Content, MailContent } from './mail-content.js';
import { Mailer } from './mailer.js';

type Settle = (deliveryId: string, outcome: Outcome) => Promise<void>;

/** One mail for each letter. Address, language and text are asked for at the moment of sending and kept nowhere. */
@Injectable()
export class EmailChannel implements Channel {
  readonly name = 'email';
  readonly personal = true;
  readonly enabled: boolean;

  constructor(
    private readonly mailer: Mailer,
    private readonly addresses: Addresses,
    private readonly content: MailContent,
  ) {
    this.enabled = mailer.enabled;
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
    const posted = await this.mailer.send(letter.deliveryId, {
      ...content.email,
      to: { name, address: email },
      headers: {
        'Content-Language': lang,
        // RFC 8058: a mail program that offers to unsubscribe posts to this address, without opening a page.
        'List-Unsubscribe': `<${content.offUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
    if (posted.state === 'sent') return { state: 'sent', leftOut: content.leftOut };
    if (posted.state === 'failed' && posted.badAddress) await this.addresses.refuse(addressed, posted.reason);
    return { state: posted.state, reason: posted.reason };
  }
}

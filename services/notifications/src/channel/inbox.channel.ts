import { Injectable } from '@nestjs/common';
import { inboxHintSubject } from '#libs/contracts';
import { Nats } from '#libs/messaging';
import type { Channel, Letter, Outcome } from './channel.js';

/** The notice lies in the inbox already; this tells open streams to look. A hint that is lost costs nothing: the inbox is the truth. */
@Injectable()
export class InboxChannel implements Channel {
  readonly name = 'inbox';
  readonly enabled = true;
  // Nobody outside is waited for.
  readonly leaseMs = 15_000;

  constructor(private readonly nats: Nats) {}

  async deliver(letters: Letter[], settle: (deliveryId: string, outcome: Outcome) => Promise<void>): Promise<void> {
    for (const { deliveryId, notice } of letters) {
      const subject = inboxHintSubject({ kind: notice.recipientKind, id: notice.recipientId });
      this.nats.connection.publish(subject, JSON.stringify({ id: notice.id }));
      await settle(deliveryId, { state: 'sent' });
    }
  }
}

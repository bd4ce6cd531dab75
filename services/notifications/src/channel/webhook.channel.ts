import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/service';
import { WebhookDeliveries } from '../webhook/webhook-deliveries.service.js';
import { WebhookSender } from '../webhook/webhook-sender.js';
import type { Channel, Letter, Outcome } from './channel.js';

/** Hands a notice over to the endpoints that want to hear of it. Each of them has its own attempts and pauses from there on. */
@Injectable()
export class WebhookChannel implements Channel {
  readonly name = 'webhook';
  readonly enabled = true;
  // Nobody outside is waited for.
  readonly leaseMs = 15_000;

  constructor(
    private readonly deliveries: WebhookDeliveries,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  async deliver(letters: Letter[], settle: (deliveryId: string, outcome: Outcome) => Promise<void>): Promise<void> {
    const heard = await this.deliveries.handOver(
      letters.map(({ notice }) => notice.id),
      this.clock.now(),
    );
    if (heard.size > 0) this.sender.wake();
    for (const { deliveryId, notice } of letters) {
      await settle(
        deliveryId,
        heard.has(notice.id) ? { state: 'sent' } : { state: 'cancelled', reason: 'no-endpoint' },
      );
    }
  }
}

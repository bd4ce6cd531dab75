import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { Channels } from '../channel/channels.js';
import { tell } from '../notice/tell.js';
import type { WebhookEntity } from './webhook.entity.js';

/** Tells the owner of an endpoint what happened to it. */
@Injectable()
export class WebhookOwners {
  private readonly logger = new Logger('Webhooks');

  // The channels are asked for when they are needed: one of them is what hands notices over to the endpoints.
  constructor(private readonly modules: ModuleRef) {}

  /** Says that the endpoint was switched off: in a notice, and for the platform's own ones in the log. */
  async switchedOff(manager: EntityManager, webhook: WebhookEntity, now: Date): Promise<void> {
    const { id, ownerKind, ownerId } = webhook;
    if (ownerKind === 'platform' || ownerId === null) {
      this.logger.warn(`The platform's webhook ${id} was switched off`);
      return;
    }
    const news = {
      recipient: { kind: ownerKind, id: ownerId },
      kind: 'webhook-disabled' as const,
      aboutId: id,
      // It may be enabled and fail again: that is told as well.
      occasion: String(webhook.revision),
      opportunityId: null,
      suggestionId: null,
    };
    await tell(manager, [news], this.modules.get(Channels, { strict: false }).names, now);
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { endpointRest, isBroken, messagePause } from './pause.js';
import type { PostOutcome } from './post.js';
import { WebhookEntity } from './webhook.entity.js';
import type { ClaimedMessage } from './webhook-deliveries.service.js';
import { WebhookOwners } from './webhook-owners.service.js';

/** `cancelled`: there was nothing left to say. */
export type Outcome = PostOutcome | { state: 'cancelled'; reason: string };

/** What became of a message, and what that says about its endpoint. */
@Injectable()
export class WebhookOutcomes {
  constructor(
    private readonly dataSource: DataSource,
    private readonly owners: WebhookOwners,
  ) {}

  /** Writes it down, unless the claim was lost meanwhile. `random` in [0, 1) spreads the next attempts. */
  async settle(message: ClaimedMessage, outcome: Outcome, now: Date, random: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // Two messages to one endpoint may end at the same moment: their failures are counted one after the other.
      const webhook = await manager
        .createQueryBuilder(WebhookEntity, 'webhook')
        .setLock('for_no_key_update')
        .where('webhook.id = :id', { id: message.webhook.id })
        .getOne();
      if (!webhook || !(await settleMessage(manager, message, outcome, now, random))) return;
      if (outcome.state === 'sent') await recovered(manager, webhook, now);
      else if (outcome.state === 'gone') await this.disable(manager, webhook, 'gone', now);
      else if (outcome.state === 'failed') await this.failed(manager, webhook, now);
    });
  }

  private async failed(manager: EntityManager, webhook: WebhookEntity, now: Date): Promise<void> {
    const failures = webhook.failures + 1;
    const failingSince = webhook.failingSince ?? now;
    const restUntil = new Date(now.getTime() + endpointRest(failures));
    await manager.update(WebhookEntity, { id: webhook.id }, { failures, failingSince, restUntil });
    if (isBroken(failures, failingSince, now)) await this.disable(manager, webhook, 'failing', now);
  }

  /** Switches an endpoint off, once, and tells its owner. What still waited is kept for a replay. */
  private async disable(
    manager: EntityManager,
    webhook: WebhookEntity,
    because: 'gone' | 'failing',
    now: Date,
  ): Promise<void> {
    if (webhook.state === 'disabled') return;
    await manager.query(
      `UPDATE webhook SET state = 'disabled', disabled_because = $2, revision = revision + 1 WHERE id = $1`,
      [webhook.id, because],
    );
    await manager.query(
      `UPDATE webhook_delivery SET state = 'failed', last_error = 'endpoint-disabled', claimed_until = NULL, token = NULL
       WHERE webhook_id = $1 AND state = 'pending'`,
      [webhook.id],
    );
    await this.owners.switchedOff(manager, webhook, now);
  }
}

async function settleMessage(
  manager: EntityManager,
  { delivery }: ClaimedMessage,
  outcome: Outcome,
  now: Date,
  random: number,
): Promise<boolean> {
  const pause = outcome.state === 'failed' ? messagePause(delivery.attempts, random) : undefined;
  const state = outcome.state === 'gone' ? 'failed' : pause === undefined ? outcome.state : 'pending';
  const [, affected] = await manager.query<[unknown, number]>(
    `UPDATE webhook_delivery
     SET state = $3, last_error = $4, sent_at = coalesce($5, sent_at), next_at = coalesce($6, next_at), claimed_until = NULL, token = NULL
     WHERE id = $1 AND token = $2`,
    [
      delivery.id,
      delivery.token,
      state,
      outcome.state === 'sent' ? null : outcome.reason,
      outcome.state === 'sent' ? now : null,
      pause === undefined ? null : new Date(now.getTime() + pause),
    ],
  );
  return affected > 0;
}

async function recovered(manager: EntityManager, { id }: WebhookEntity, now: Date): Promise<void> {
  await manager.update(WebhookEntity, { id }, { failures: 0, failingSince: null, restUntil: null, lastSentAt: now });
}

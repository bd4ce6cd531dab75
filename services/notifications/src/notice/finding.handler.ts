import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { alertMatched, alertsRpc, opportunityExpiring } from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { Channels } from '../channel/channels.js';
import { Mutes } from '../preference/mutes.js';
import { Owners } from './owners.js';
import { tell } from './tell.js';

/** What a saved search found, and what ends soon, become notices for their owners. */
@Controller()
export class FindingHandler {
  constructor(
    private readonly channels: Channels,
    private readonly rpc: RpcClient,
    private readonly owners: Owners,
    private readonly mutes: Mutes,
    private readonly clock: Clock,
  ) {}

  @OnEvent(alertMatched)
  async matched(data: z.infer<typeof alertMatched.data>, { manager, envelope }: EventContext): Promise<void> {
    const ctx = serviceContext('notifications');
    const [alert] = await this.rpc.fetchAll(alertsRpc.byIds, [data.alertId], ctx);
    // Paused since: then nothing is told.
    if (!alert || alert.paused) return;
    const news = {
      recipient: { kind: data.ownerKind, id: data.ownerId },
      kind: 'alert-hit' as const,
      aboutId: data.alertId,
      // Each finding is news: it was not found before.
      occasion: envelope.id,
      opportunityId: null,
      suggestionId: null,
      params: { hits: data.hits, rhythm: alert.rhythm },
    };
    await tell(manager, await this.mutes.apply(manager, [news]), this.channels.names, this.clock.now());
  }

  @OnEvent(opportunityExpiring)
  async expiring(data: z.infer<typeof opportunityExpiring.data>, { manager }: EventContext): Promise<void> {
    const owner = (await this.owners.of([data])).get(data.opportunityId);
    if (!owner) return;
    const news = {
      recipient: { kind: 'firm' as const, id: owner },
      kind: 'opportunity-expiring' as const,
      aboutId: data.opportunityId,
      // Each renewal has its own end, and each end is told of twice.
      occasion: `${data.expiresAt.slice(0, 10)} ${data.days}`,
      opportunityId: data.opportunityId,
      suggestionId: null,
    };
    await tell(manager, await this.mutes.apply(manager, [news]), this.channels.names, this.clock.now());
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { helpAnswered, helpRpc } from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { Channels } from '../channel/channels.js';
import { tell } from './tell.js';

/** Who asked a coordinator is told of the answer. The event does not say who that is, so the owner is asked. */
@Controller()
export class HelpHandler {
  constructor(
    private readonly channels: Channels,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  @OnEvent(helpAnswered)
  async answered(data: z.infer<typeof helpAnswered.data>, { manager }: EventContext): Promise<void> {
    const { helpRequestId: aboutId, opportunityId, suggestionId = null } = data;
    const [facts] = await this.rpc.fetchAll(helpRpc.facts, [aboutId], serviceContext('notifications'));
    if (!facts) return;
    const news = { recipient: facts.asker, kind: 'help-answered' as const, aboutId, opportunityId, suggestionId };
    await tell(manager, [news], this.channels.names, this.clock.now());
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, webhooksRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { WebhookService } from './webhook.service.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookSender } from './webhook-sender.js';

type Named = { id: string; revision?: number };

@Controller()
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly deliveries: WebhookDeliveries,
    private readonly sender: WebhookSender,
  ) {}

  @Rpc(webhooksRpc.create)
  create(body: z.output<typeof webhooksRpc.create.request>, ctx: CallContext) {
    return this.webhooks.create(body, ctx);
  }

  @Rpc(webhooksRpc.list)
  list(query: z.output<typeof webhooksRpc.list.request>, ctx: CallContext) {
    return this.webhooks.list(query, ctx);
  }

  @Rpc(webhooksRpc.get)
  get({ id }: Named, ctx: CallContext) {
    return this.webhooks.get(id, ctx);
  }

  @Rpc(webhooksRpc.remove)
  remove(named: Named, ctx: CallContext) {
    return this.webhooks.remove(named, ctx);
  }

  @Rpc(webhooksRpc.rotate)
  rotate(named: Named, ctx: CallContext) {
    return this.webhooks.rotate(named, ctx);
  }

  @Rpc(webhooksRpc.enable)
  async enable(named: Named, ctx: CallContext) {
    const webhook = await this.webhooks.enable(named, ctx);
    this.sender.wake();
    return webhook;
  }

  @Rpc(webhooksRpc.replay)
  async replay({ since, ...named }: z.output<typeof webhooksRpc.replay.request>, ctx: CallContext) {
    const queued = await this.webhooks.replay(named, new Date(since), ctx);
    this.sender.wake();
    return { queued };
  }

  @Rpc(webhooksRpc.test)
  async test(named: Named, ctx: CallContext) {
    const delivery = await this.webhooks.test(named, ctx);
    this.sender.wake();
    return delivery;
  }

  @Rpc(webhooksRpc.deliveries)
  async listDeliveries({ id, ...query }: z.output<typeof webhooksRpc.deliveries.request>, ctx: CallContext) {
    await this.webhooks.get(id, ctx);
    return this.deliveries.list(id, query);
  }
}

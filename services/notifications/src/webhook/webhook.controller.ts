import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, webhooksRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { WebhookService } from './webhook.service.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookSender } from './webhook-sender.js';

type Named = { id: string };

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
  remove({ id }: Named, ctx: CallContext) {
    return this.webhooks.remove(id, ctx);
  }

  @Rpc(webhooksRpc.rotate)
  rotate({ id }: Named, ctx: CallContext) {
    return this.webhooks.rotate(id, ctx);
  }

  @Rpc(webhooksRpc.enable)
  async enable({ id }: Named, ctx: CallContext) {
    const webhook = await this.webhooks.enable(id, ctx);
    this.sender.wake();
    return webhook;
  }

  @Rpc(webhooksRpc.replay)
  async replay({ id, since }: z.output<typeof webhooksRpc.replay.request>, ctx: CallContext) {
    const queued = await this.webhooks.replay(id, new Date(since), ctx);
    this.sender.wake();
    return { queued };
  }

  @Rpc(webhooksRpc.test)
  async test({ id }: Named, ctx: CallContext) {
    const delivery = await this.webhooks.test(id, ctx);
    this.sender.wake();
    return delivery;
  }

  @Rpc(webhooksRpc.deliveries)
  async listDeliveries({ id, ...query }: z.output<typeof webhooksRpc.deliveries.request>, ctx: CallContext) {
    await this.webhooks.get(id, ctx);
    return this.deliveries.list(id, query);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  type CallContext,
  webhookCreateSchema,
  webhookDeliverySchema,
  webhookSchema,
  webhooksRpc,
  webhookWithSecretSchema,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';
import { OptionalIfMatch } from '../http/revision.js';

const TAG = 'Webhooks';
const listQuery = webhooksRpc.list.request;
const deliveriesQuery = webhooksRpc.deliveries.request.omit({ id: true });
const replayBody = webhooksRpc.replay.request.omit({ id: true, revision: true });

/** Where the caller's notices are posted to. Coordinators and administrators share those of the platform, which hear everybody's notices. */
@Controller('v1/webhooks')
export class WebhookController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createWebhook',
    tag: TAG,
    summary:
      'Have notices posted to an address, signed by the Standard Webhooks specification. The secret is shown this once',
    created: webhookWithSecretSchema,
    example: {
      url: 'https://hooks.example.org/ceresio',
      kinds: ['suggested', 'interest-received', 'interest-answered'],
      description: 'Invented portal of a chamber',
    },
  })
  @Post()
  async create(
    @Body({ schema: webhookCreateSchema }) body: z.output<typeof webhookCreateSchema>,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const webhook = await this.rpc.call(webhooksRpc.create, body, ctx);
    reply.header('location', `/v1/webhooks/${webhook.id}`);
    return webhook;
  }

  @Operation({
    id: 'listWebhooks',
    tag: TAG,
    summary: "The caller's webhooks, newest first",
    ok: webhooksRpc.list.response,
  })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(webhooksRpc.list, query, ctx);
  }

  @Operation({ id: 'getWebhook', tag: TAG, summary: 'One webhook, and whether it works', ok: webhookSchema })
  @Get(':id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(webhooksRpc.get, { id }, ctx);
  }

  @Operation({ id: 'deleteWebhook', tag: TAG, summary: 'Post nothing more there', ifMatch: 'optional' })
  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    await this.rpc.call(webhooksRpc.remove, { id, revision }, ctx);
  }

  @Operation({
    id: 'rotateWebhookSecret',
    tag: TAG,
    summary: 'A new secret, shown this once. The one before it signs as well for 24 hours',
    ok: webhookWithSecretSchema,
    example: {},
    ifMatch: 'optional',
  })
  @Post(':id/rotate')
  @HttpCode(200)
  rotate(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(webhooksRpc.rotate, { id, revision }, ctx);
  }

  @Operation({
    id: 'enableWebhook',
    tag: TAG,
    summary: 'Post there again, after it was switched off; a replay brings what it missed',
    ok: webhookSchema,
    example: {},
    ifMatch: 'optional',
  })
  @Post(':id/enable')
  @HttpCode(200)
  enable(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(webhooksRpc.enable, { id, revision }, ctx);
  }

  @Operation({
    id: 'replayWebhook',
    tag: TAG,
    summary: 'Post every notice since a moment once more, at most 30 days back; each keeps its `webhook-id`',
    ok: webhooksRpc.replay.response,
    example: { since: '2026-01-01T00:00:00Z' },
    ifMatch: 'optional',
  })
  @Post(':id/replay')
  @HttpCode(200)
  replay(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: replayBody }) { since }: z.output<typeof replayBody>,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(webhooksRpc.replay, { id, revision, since }, ctx);
  }

  @Operation({
    id: 'testWebhook',
    tag: TAG,
    summary: 'Post a `ping` now; its delivery says what came of it',
    ok: webhookDeliverySchema,
    example: {},
    ifMatch: 'optional',
  })
  @Post(':id/test')
  @HttpCode(200)
  test(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(webhooksRpc.test, { id, revision }, ctx);
  }

  @Operation({
    id: 'listWebhookDeliveries',
    tag: TAG,
    summary: 'What was posted there, newest first: state, attempts, last error',
    ok: webhooksRpc.deliveries.response,
  })
  @Get(':id/deliveries')
  deliveries(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: deliveriesQuery }) query: z.output<typeof deliveriesQuery>,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(webhooksRpc.deliveries, { id, ...query }, ctx);
  }
}

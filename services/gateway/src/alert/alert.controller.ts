import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  type AlertCreate,
  type AlertPatch,
  alertCreateSchema,
  alertPatchSchema,
  alertSchema,
  alertsRpc,
  type CallContext,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { alertExample } from '../docs/examples.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';
import { IfMatch, OptionalIfMatch } from '../http/revision.js';

const TAG = 'Saved searches';
const listQuery = alertsRpc.list.request;

/** Saved searches of the caller. Whose they are is checked by matching, which answers 404 to everybody else. */
@Controller('v1/alerts')
export class AlertController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createAlert',
    tag: TAG,
    summary: 'Save a search and be told of what it finds from now on, each once',
    created: alertSchema,
    example: alertExample,
  })
  @Post()
  async create(
    @Body({ schema: alertCreateSchema }) body: AlertCreate,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const alert = await this.rpc.call(alertsRpc.create, body, ctx);
    reply.header('location', `/v1/alerts/${alert.id}`);
    return alert;
  }

  @Operation({ id: 'listAlerts', tag: TAG, summary: 'Own saved searches, newest first', ok: alertsRpc.list.response })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(alertsRpc.list, query, ctx);
  }

  @Operation({ id: 'getAlert', tag: TAG, summary: 'One saved search', ok: alertSchema })
  @Get(':id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(alertsRpc.get, { id }, ctx);
  }

  @Operation({
    id: 'updateAlert',
    tag: TAG,
    summary: 'Change the given fields; null clears one. What it would have found before is nothing new',
    ok: alertSchema,
    example: { rhythm: 'weekly' },
    ifMatch: 'required',
  })
  @Patch(':id')
  update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: alertPatchSchema }) patch: AlertPatch,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(alertsRpc.update, { id, revision, patch }, ctx);
  }

  @Operation({ id: 'removeAlert', tag: TAG, summary: 'Forget a saved search', ifMatch: 'optional' })
  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    await this.rpc.call(alertsRpc.remove, { id, revision }, ctx);
  }
}

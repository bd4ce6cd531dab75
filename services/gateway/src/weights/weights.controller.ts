import { Body, Controller, Get, Put } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, learningRpc, weightsListSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';

const TAG = 'Administration';
const switchSchema = learningRpc.switchWeights.request;

/** Versions of the ranking weights. That only an administrator may is checked by matching. */
@Controller('v1/admin/weights')
export class WeightsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'listWeights',
    tag: TAG,
    summary: 'Versions of the ranking weights, newest first, with what was measured of each',
    ok: weightsListSchema,
  })
  @Get()
  list(@Caller() ctx: CallContext) {
    return this.rpc.call(learningRpc.weights, {}, ctx);
  }

  @Operation({
    id: 'switchWeights',
    tag: TAG,
    summary: 'Rank with another version of the weights, within seconds everywhere',
    ok: weightsListSchema,
    example: { version: '2026.2' },
  })
  @Put('active')
  switch(@Body({ schema: switchSchema }) { version }: z.output<typeof switchSchema>, @Caller() ctx: CallContext) {
    return this.rpc.call(learningRpc.switchWeights, { version }, ctx);
  }
}

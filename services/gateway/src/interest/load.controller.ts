import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, cooperationRpc, loadSchema, Problem } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';

const TAG = 'Interests';
const listQuery = cooperationRpc.loads.request.pick({ cursor: true, limit: true });
/** Without a revision: it is counted, and nobody writes it. */
export const countedLoadSchema = loadSchema.omit({ revision: true });

/** How much experts were asked and how they answer. Who may know is checked by cooperation. */
@Controller('v1')
export class LoadController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'getExpertLoad',
    tag: TAG,
    summary: 'Open requests, response rate and median time to an answer of one expert',
    ok: countedLoadSchema,
  })
  @Get('experts/:id/load')
  async one(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    const { items } = await this.rpc.call(cooperationRpc.loads, { expertId: id }, ctx);
    if (!items[0]) throw new Problem('not-found', 'There is no expert with this id.');
    return items[0];
  }

  @Operation({
    id: 'listLoads',
    tag: TAG,
    summary: 'The same of every expert who was ever asked, for coordinators',
    ok: cooperationRpc.loads.response,
  })
  @Get('loads')
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(cooperationRpc.loads, query, ctx);
  }
}

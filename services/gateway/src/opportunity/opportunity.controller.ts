import { applyDecorators, Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  type CallContext,
  type OPPORTUNITY_ACTIONS,
  type OpportunityCreate,
  type OpportunityPatch,
  opportunitiesRpc,
  opportunityCreateSchema,
  opportunityPatchSchema,
  opportunitySchema,
  publishSchema,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { needExample } from '../docs/examples.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';
import { IfMatch, OptionalIfMatch } from '../http/revision.js';

const TAG = 'Opportunities';
const publishBody = publishSchema.optional();
const listQuery = opportunitiesRpc.list.request.omit({ companyId: true });

/** Offers and requests. Whether a caller sees or changes one is decided by their owner, the companies service. */
@Controller('v1')
export class OpportunityController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createOpportunity',
    tag: TAG,
    summary: 'Write down an offer or a request, as a draft',
    created: opportunitySchema,
    example: needExample,
  })
  @Post('companies/:id/opportunities')
  async create(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: opportunityCreateSchema }) opportunity: OpportunityCreate,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const created = await this.rpc.call(opportunitiesRpc.create, { companyId: id, opportunity }, ctx);
    reply.header('location', `/v1/opportunities/${created.id}`);
    return created;
  }

  @Operation({
    id: 'listOpportunities',
    tag: TAG,
    summary: 'Offers and requests of a company, newest first',
    ok: opportunitiesRpc.list.response,
  })
  @Get('companies/:id/opportunities')
  list(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: listQuery }) query: z.output<typeof listQuery>,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(opportunitiesRpc.list, { companyId: id, ...query }, ctx);
  }

  @Operation({ id: 'getOpportunity', tag: TAG, summary: 'One offer or request', ok: opportunitySchema })
  @Get('opportunities/:id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(opportunitiesRpc.get, { id }, ctx);
  }

  @Operation({
    id: 'updateOpportunity',
    tag: TAG,
    summary: 'Change the given fields; null clears one',
    ok: opportunitySchema,
    example: { prefer: 'cross-border' },
    ifMatch: 'required',
  })
  @Patch('opportunities/:id')
  update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: opportunityPatchSchema }) patch: OpportunityPatch,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(opportunitiesRpc.update, { id, revision, patch }, ctx);
  }

  @Action('publish', 'Make it public; who can help is suggested within seconds')
  publish(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: publishBody }) body: z.output<typeof publishBody>,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(opportunitiesRpc.act, { id, action: 'publish', revision, ...body }, ctx);
  }

  @Action('hold', 'Take it back from the public for a while')
  hold(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(opportunitiesRpc.act, { id, action: 'hold', revision }, ctx);
  }

  @Action('renew', 'Keep it public for another year, once')
  renew(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(opportunitiesRpc.act, { id, action: 'renew', revision }, ctx);
  }

  @Action('archive', 'Put it away for good')
  archive(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(opportunitiesRpc.act, { id, action: 'archive', revision }, ctx);
  }
}

/** The route of one act of the life cycle. */
function Action(action: (typeof OPPORTUNITY_ACTIONS)[number], summary: string): MethodDecorator {
  return applyDecorators(
    Operation({
      id: `${action}Opportunity`,
      tag: TAG,
      summary,
      ok: opportunitySchema,
      example: {},
      ifMatch: 'optional',
    }),
    Post(`opportunities/:id/${action}`),
    HttpCode(200),
  );
}

import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type CallContext, cooperationRpc, type Interest, interestSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';
import { IfMatch, OptionalIfMatch } from '../http/revision.js';

const TAG = 'Interests';
const noteBody = cooperationRpc.accept.request.pick({ note: true }).optional();
const declineBody = cooperationRpc.decline.request.pick({ reasonCode: true, note: true });
const updateBody = cooperationRpc.update.request.pick({ state: true, achievement: true });
const { overdue } = cooperationRpc.list.request.shape;
const listQuery = cooperationRpc.list.request.extend({
  overdue: z
    .enum(['true', 'false'])
    .transform((word) => word === 'true')
    .optional()
    .describe(overdue.description ?? ''),
});
const pageQuery = cooperationRpc.disclosures.request.pick({ cursor: true, limit: true });

/** Expressions of interest. Whose they are, and what of the other side is shown, is decided by cooperation. */
@Controller('v1')
export class InterestController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'expressInterestInSuggestion',
    tag: TAG,
    summary: 'Ask the other side of a suggestion; who is asked has ten working days to answer',
    created: interestSchema,
    example: { note: 'Possiamo sentirci la prossima settimana?' },
  })
  @Post('suggestions/:id/interest')
  inSuggestion(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noteBody }) body: z.output<typeof noteBody>,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.express({ ...body, suggestionId: id }, ctx, reply);
  }

  @Operation({
    id: 'expressInterestInOpportunity',
    tag: TAG,
    summary: 'Ask the owner of a published opportunity that is open for interest',
    created: interestSchema,
    example: { note: 'Abbiamo risolto lo stesso problema per un altro cliente.' },
  })
  @Post('opportunities/:id/interest')
  inOpportunity(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noteBody }) body: z.output<typeof noteBody>,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.express({ ...body, opportunityId: id }, ctx, reply);
  }

  @Operation({
    id: 'listInterests',
    tag: TAG,
    summary: "The caller's expressions of interest, of both sides, newest first; all of them for coordinators",
    ok: cooperationRpc.list.response,
  })
  @Get('interests')
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(cooperationRpc.list, query, ctx);
  }

  @Operation({
    id: 'getInterest',
    tag: TAG,
    summary: 'One expression of interest; with the contact of the other side once both have accepted',
    ok: interestSchema,
  })
  // With the contact of another person; and what may be done next changes without the interest changing.
  @Header('cache-control', 'no-store')
  @Get('interests/:id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(cooperationRpc.get, { id }, ctx);
  }

  @Operation({
    id: 'updateInterest',
    tag: TAG,
    summary: 'For coordinators: how far the talks are, and how they ended',
    ok: interestSchema,
    example: { state: 'negotiating' },
    ifMatch: 'required',
  })
  @Patch('interests/:id')
  update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: updateBody }) body: z.output<typeof updateBody>,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(cooperationRpc.update, { id, revision, ...body }, ctx);
  }

  @Operation({
    id: 'acceptInterest',
    tag: TAG,
    summary: 'Yes: the contacts of both sides open to each other',
    ok: interestSchema,
    example: {},
    ifMatch: 'optional',
  })
  @Post('interests/:id/accept')
  @HttpCode(200)
  accept(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noteBody }) body: z.output<typeof noteBody>,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(cooperationRpc.accept, { id, revision, ...body }, ctx);
  }

  @Operation({
    id: 'declineInterest',
    tag: TAG,
    summary: 'No, with a reason; the owner of the need is offered the next best',
    ok: interestSchema,
    example: { reasonCode: 'not-my-field' },
    ifMatch: 'optional',
  })
  @Post('interests/:id/decline')
  @HttpCode(200)
  decline(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: declineBody }) body: z.output<typeof declineBody>,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(cooperationRpc.decline, { id, revision, ...body }, ctx);
  }

  @Operation({
    id: 'withdrawInterest',
    tag: TAG,
    summary: 'Take back a question, or, after a yes, the consent that the contacts are open',
    ok: interestSchema,
    example: {},
    ifMatch: 'optional',
  })
  @Post('interests/:id/withdraw')
  @HttpCode(200)
  withdraw(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(cooperationRpc.withdraw, { id, revision }, ctx);
  }

  @Operation({
    id: 'listDisclosures',
    tag: TAG,
    summary: 'The ledger: whose contact was open to whom, and who saw it when; newest first',
    ok: cooperationRpc.disclosures.response,
  })
  @Get('interests/:id/disclosures')
  disclosures(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(cooperationRpc.disclosures, { id, ...query }, ctx);
  }

  private async express(
    request: z.input<typeof cooperationRpc.express.request>,
    ctx: CallContext,
    reply: FastifyReply,
  ): Promise<Interest> {
    const interest = await this.rpc.call(cooperationRpc.express, request, ctx);
    reply.header('location', `/v1/interests/${interest.id}`);
    return interest;
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { type CallContext, helpRequestSchema, helpRpc } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';
import { OptionalIfMatch } from '../http/revision.js';

const TAG = 'Questions to coordinators';
const askBody = helpRpc.ask.request;
const listQuery = helpRpc.list.request;
const answerBody = helpRpc.answer.request.pick({ text: true });

/** Questions of firms and experts to the coordinators of their territory. Whose they are is decided by cooperation. */
@Controller('v1/help-requests')
export class HelpController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createHelpRequest',
    tag: TAG,
    summary: 'Ask the coordinators of the own territory about a suggestion or an opportunity; one open question each',
    created: helpRequestSchema,
    example: { opportunityId: '0192f0c0-2222-7a00-8000-000000000002', text: 'Conviene chiedere adesso o aspettare?' },
  })
  @Post()
  async create(
    @Body({ schema: askBody }) body: z.output<typeof askBody>,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = await this.rpc.call(helpRpc.ask, body, ctx);
    reply.header('location', `/v1/help-requests/${asked.id}`);
    return asked;
  }

  @Operation({
    id: 'listHelpRequests',
    tag: TAG,
    summary: "The caller's questions, oldest first; for coordinators those of their territories",
    ok: helpRpc.list.response,
  })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(helpRpc.list, query, ctx);
  }

  @Operation({ id: 'getHelpRequest', tag: TAG, summary: 'One question, with its answer', ok: helpRequestSchema })
  @Get(':id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(helpRpc.get, { id }, ctx);
  }

  @Operation({
    id: 'answerHelpRequest',
    tag: TAG,
    summary: 'For coordinators: answer a question; who asked is told',
    ok: helpRequestSchema,
    example: { text: 'Chiedete pure adesso: ha tempo da dicembre.' },
    ifMatch: 'optional',
  })
  @Post(':id/answer')
  @HttpCode(200)
  answer(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: answerBody }) body: z.output<typeof answerBody>,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(helpRpc.answer, { id, revision, ...body }, ctx);
  }

  @Operation({
    id: 'withdrawHelpRequest',
    tag: TAG,
    summary: 'Take an open question back',
    ok: helpRequestSchema,
    example: {},
    ifMatch: 'optional',
  })
  @Post(':id/withdraw')
  @HttpCode(200)
  withdraw(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(helpRpc.withdraw, { id, revision }, ctx);
  }
}

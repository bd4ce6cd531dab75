import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  type CallContext,
  type ExpertCreate,
  type ExpertPatch,
  expertCreateSchema,
  expertPatchSchema,
  expertSchema,
  expertsRpc,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { expertExample } from '../docs/examples.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';
import { IfMatch, OptionalIfMatch } from '../http/revision.js';

const TAG = 'Experts';
const listQuery = expertsRpc.list.request;

@Controller('v1/experts')
export class ExpertController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createExpert',
    tag: TAG,
    summary: 'Register an expert',
    created: expertSchema,
    example: expertExample,
  })
  @Post()
  async create(
    @Body({ schema: expertCreateSchema }) body: ExpertCreate,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const expert = await this.rpc.call(expertsRpc.create, body, ctx);
    reply.header('location', `/v1/experts/${expert.id}`);
    return expert;
  }

  @Operation({ id: 'listExperts', tag: TAG, summary: 'Listed experts, newest first', ok: expertsRpc.list.response })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(expertsRpc.list, query, ctx);
  }

  @Operation({ id: 'getExpert', tag: TAG, summary: 'One expert', ok: expertSchema })
  @Get(':id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(expertsRpc.get, { id }, ctx);
  }

  @Operation({
    id: 'updateExpert',
    tag: TAG,
    summary: 'Change the given fields; null clears one',
    ok: expertSchema,
    example: { capacity: 2 },
    ifMatch: 'required',
  })
  @Patch(':id')
  update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: expertPatchSchema }) patch: ExpertPatch,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(expertsRpc.update, { id, revision, patch }, ctx);
  }

  @Operation({
    id: 'eraseExpert',
    tag: TAG,
    summary: 'Erase an expert and all that belongs to them',
    ifMatch: 'optional',
  })
  @Delete(':id')
  @HttpCode(204)
  async erase(
    @Param({ schema: idParams }) { id }: IdParams,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    await this.rpc.call(expertsRpc.erase, { id, revision }, ctx);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, matchingRpc } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';

const query = matchingRpc.competences.request;

@Controller('v1/competences')
export class CompetenceController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'findCompetences',
    tag: 'Competences',
    summary: 'Competences whose label begins with or resembles what was typed',
    ok: matchingRpc.competences.response,
  })
  @Get()
  find(@Query({ schema: query }) asked: z.output<typeof query>, @Caller() ctx: CallContext) {
    return this.rpc.call(matchingRpc.competences, { ...asked, lang: asked.lang ?? ctx.lang }, ctx);
  }
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type CallContext, type MatchRequest, matchingRpc, matchRequestSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { matchExample } from '../docs/examples.js';
import { Operation } from '../docs/operation.js';
import { namedMatchAnswerSchema } from './match.dto.js';
import { SubjectNames } from './subject-names.js';

@Controller('v1/matches')
export class MatchController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly names: SubjectNames,
  ) {}

  @Operation({
    id: 'match',
    tag: 'Matches',
    summary: 'Who can help? Ranked and explained at once; nothing is stored',
    ok: namedMatchAnswerSchema,
    example: matchExample,
  })
  @Post()
  @HttpCode(200)
  async match(@Body({ schema: matchRequestSchema }) body: MatchRequest, @Caller() ctx: CallContext) {
    const answer = await this.rpc.call(matchingRpc.match, body, ctx);
    const items = await this.names.join(answer.items, ctx);
    return { ...answer, items: items.map((item, i) => ({ ...item, rank: i + 1 })) };
  }
}

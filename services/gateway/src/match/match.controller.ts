import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  type CallContext,
  type ExplainRequest,
  explainRequestSchema,
  type MatchRequest,
  matchingRpc,
  matchRequestSchema,
  Problem,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { explainExample, matchExample } from '../docs/examples.js';
import { Operation } from '../docs/operation.js';
import { namedExplainAnswerSchema, namedMatchAnswerSchema } from './match.dto.js';
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

  @Operation({
    id: 'explainMatch',
    tag: 'Matches',
    summary: 'Why is this one there, or not? Rank, parts, reasons, and what keeps a subject out or down',
    ok: namedExplainAnswerSchema,
    example: explainExample,
  })
  @Post('explain')
  @HttpCode(200)
  async explain(@Body({ schema: explainRequestSchema }) body: ExplainRequest, @Caller() ctx: CallContext) {
    const answer = await this.rpc.call(matchingRpc.explain, body, ctx);
    const [named] = await this.names.join([answer], ctx);
    // Taken back since the matching saw it: as unknown as to any other caller. Who may know of it is told so without a name.
    if (!named && !answer.obstacles.some(({ code }) => code === 'not-listed'))
      throw new Problem('not-found', 'There is no such subject');
    return named ?? answer;
  }
}

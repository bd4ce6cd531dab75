import { Controller } from '@nestjs/common';
import {
  type CallContext,
  type ExplainAnswer,
  type ExplainRequest,
  type MatchAnswer,
  type MatchRequest,
  matchingRpc,
} from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ExplainService } from './explain.service.js';
import { MatchService } from './match.service.js';

@Controller()
export class MatchController {
  constructor(
    private readonly matches: MatchService,
    private readonly explanations: ExplainService,
  ) {}

  @Rpc(matchingRpc.match)
  match(request: MatchRequest, ctx: CallContext): Promise<MatchAnswer> {
    return this.matches.match(request, ctx, new Date());
  }

  @Rpc(matchingRpc.explain)
  explain(request: ExplainRequest, ctx: CallContext): Promise<ExplainAnswer> {
    return this.explanations.explain(request, ctx, new Date());
  }
}

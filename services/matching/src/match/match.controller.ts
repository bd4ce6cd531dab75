import { Controller } from '@nestjs/common';
import { type CallContext, type MatchAnswer, type MatchRequest, matchingRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { MatchService } from './match.service.js';

@Controller()
export class MatchController {
  constructor(private readonly matches: MatchService) {}

  @Rpc(matchingRpc.match)
  match(request: MatchRequest, ctx: CallContext): Promise<MatchAnswer> {
    return this.matches.match(request, ctx, new Date());
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ClaimService } from './claim.service.js';

type Request<T extends keyof typeof accessRpc> = z.output<(typeof accessRpc)[T]['request']>;

@Controller()
export class ClaimController {
  constructor(private readonly claims: ClaimService) {}

  @Rpc(accessRpc.claim)
  claim(request: Request<'claim'>, ctx: CallContext) {
    return this.claims.claim(request, ctx);
  }

  @Rpc(accessRpc.claims)
  list(request: Request<'claims'>, ctx: CallContext) {
    return this.claims.list(request, ctx);
  }

  @Rpc(accessRpc.decideClaim)
  decide(request: Request<'decideClaim'>, ctx: CallContext) {
    return this.claims.decide(request, ctx);
  }
}

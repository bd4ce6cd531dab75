import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ClaimService } from './claim.service.js';
import { ClaimMailService } from './claim-mail.service.js';

type Request<T extends keyof typeof accessRpc> = z.output<(typeof accessRpc)[T]['request']>;

@Controller()
export class ClaimController {
  constructor(
    private readonly claims: ClaimService,
    private readonly mails: ClaimMailService,
  ) {}

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

  @Rpc(accessRpc.confirmClaimByCode)
  confirm({ id, code }: Request<'confirmClaimByCode'>, ctx: CallContext) {
    return this.mails.confirm(id, code, ctx);
  }

  @Rpc(accessRpc.claimLetter)
  letter({ id }: Request<'claimLetter'>, { actor }: CallContext) {
    if (actor.kind !== 'service') throw new Problem('forbidden', 'Only the platform writes these letters.');
    return this.mails.letter(id);
  }
}

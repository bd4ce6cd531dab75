import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ConsentService } from './consent.service.js';
import { ConsentingService } from './consenting.service.js';

@Controller()
export class ConsentController {
  constructor(
    private readonly consents: ConsentService,
    private readonly consenters: ConsentingService,
  ) {}

  @Rpc(accessRpc.consents)
  list(_: unknown, ctx: CallContext) {
    return this.consents.list(ctx);
  }

  @Rpc(accessRpc.consenting)
  consenting(query: z.output<typeof accessRpc.consenting.request>, ctx: CallContext) {
    return this.consenters.list(query, ctx);
  }

  @Rpc(accessRpc.setConsent)
  set(change: z.output<typeof accessRpc.setConsent.request>, ctx: CallContext) {
    return this.consents.set(change, ctx);
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ConsentService } from './consent.service.js';

@Controller()
export class ConsentController {
  constructor(private readonly consents: ConsentService) {}

  @Rpc(accessRpc.consents)
  list(_: unknown, ctx: CallContext) {
    return this.consents.list(ctx);
  }

  @Rpc(accessRpc.setConsent)
  set(change: z.output<typeof accessRpc.setConsent.request>, ctx: CallContext) {
    return this.consents.set(change, ctx);
  }
}

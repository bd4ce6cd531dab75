import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ErasureService } from './erasure.service.js';

type Request<T extends keyof typeof accessRpc> = z.output<(typeof accessRpc)[T]['request']>;

@Controller()
export class ErasureController {
  constructor(private readonly erasures: ErasureService) {}

  @Rpc(accessRpc.erase)
  request(request: Request<'erase'>, ctx: CallContext) {
    return this.erasures.request(request, ctx);
  }

  @Rpc(accessRpc.erasure)
  get({ id }: Request<'erasure'>, ctx: CallContext) {
    return this.erasures.get(id, ctx);
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, cooperationRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { LoadService } from './load.service.js';

@Controller()
export class LoadController {
  constructor(private readonly loads: LoadService) {}

  @Rpc(cooperationRpc.loads)
  list(request: z.output<typeof cooperationRpc.loads.request>, ctx: CallContext) {
    return this.loads.list(request, ctx);
  }
}

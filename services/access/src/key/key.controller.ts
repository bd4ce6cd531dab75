import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { KeyService } from './key.service.js';

type Request<T extends keyof typeof accessRpc> = z.output<(typeof accessRpc)[T]['request']>;

@Controller()
export class KeyController {
  constructor(private readonly keys: KeyService) {}

  @Rpc(accessRpc.verifyKey)
  verify({ hash }: Request<'verifyKey'>, { actor }: CallContext) {
    if (actor.kind !== 'service') throw new Problem('forbidden', 'Only the platform asks whose key it is.');
    return this.keys.verify(hash);
  }

  @Rpc(accessRpc.createKey)
  create(request: Request<'createKey'>, ctx: CallContext) {
    return this.keys.create(request, ctx);
  }

  @Rpc(accessRpc.keys)
  list(_: Request<'keys'>, ctx: CallContext) {
    return this.keys.list(ctx);
  }

  @Rpc(accessRpc.rotateKey)
  rotate({ id }: Request<'rotateKey'>, ctx: CallContext) {
    return this.keys.rotate(id, ctx);
  }

  @Rpc(accessRpc.revokeKey)
  revoke({ id }: Request<'revokeKey'>, ctx: CallContext) {
    return this.keys.revoke(id, ctx);
  }
}

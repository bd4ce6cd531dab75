import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, expertsRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ExpertService } from './expert.service.js';
import { ExpertBatchService } from './expert-batch.service.js';
import { ExpertImportService } from './expert-import.service.js';

type Request<T extends keyof typeof expertsRpc> = z.infer<(typeof expertsRpc)[T]['request']>;

@Controller()
export class ExpertController {
  constructor(
    private readonly experts: ExpertService,
    private readonly imports: ExpertImportService,
    private readonly batches: ExpertBatchService,
  ) {}

  @Rpc(expertsRpc.create)
  create(data: Request<'create'>, ctx: CallContext) {
    return this.experts.create(data, ctx);
  }

  @Rpc(expertsRpc.get)
  get({ id }: Request<'get'>, ctx: CallContext) {
    return this.experts.get(id, ctx);
  }

  @Rpc(expertsRpc.update)
  update(data: Request<'update'>, ctx: CallContext) {
    return this.experts.update(data, ctx);
  }

  @Rpc(expertsRpc.erase)
  erase(data: Request<'erase'>, ctx: CallContext) {
    return this.experts.erase(data, ctx);
  }

  @Rpc(expertsRpc.list)
  list(data: Request<'list'>, ctx: CallContext) {
    return this.experts.list(data, ctx);
  }

  @Rpc(expertsRpc.import)
  import(data: Request<'import'>, ctx: CallContext) {
    return this.imports.import(data, ctx);
  }

  @Rpc(expertsRpc.cards)
  cards({ ids }: Request<'cards'>, ctx: CallContext) {
    return this.batches.cards(ids, ctx);
  }

  @Rpc(expertsRpc.facts)
  facts({ ids }: Request<'facts'>, ctx: CallContext) {
    return this.batches.facts(ids, ctx);
  }

  @Rpc(expertsRpc.addresses)
  addresses({ ids }: Request<'addresses'>, ctx: CallContext) {
    return this.batches.addresses(ids, ctx);
  }
}

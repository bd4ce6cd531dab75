import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, opportunitiesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { OpportunityService } from './opportunity.service.js';
import { OpportunityBatchService } from './opportunity-batch.service.js';

type Request<T extends keyof typeof opportunitiesRpc> = z.infer<(typeof opportunitiesRpc)[T]['request']>;

@Controller()
export class OpportunityController {
  constructor(
    private readonly opportunities: OpportunityService,
    private readonly batches: OpportunityBatchService,
  ) {}

  @Rpc(opportunitiesRpc.create)
  create(data: Request<'create'>, ctx: CallContext) {
    return this.opportunities.create(data, ctx);
  }

  @Rpc(opportunitiesRpc.get)
  get({ id }: Request<'get'>, ctx: CallContext) {
    return this.opportunities.get(id, ctx);
  }

  @Rpc(opportunitiesRpc.update)
  update(data: Request<'update'>, ctx: CallContext) {
    return this.opportunities.update(data, ctx);
  }

  @Rpc(opportunitiesRpc.act)
  act(data: Request<'act'>, ctx: CallContext) {
    return this.opportunities.act(data, ctx);
  }

  @Rpc(opportunitiesRpc.list)
  list(data: Request<'list'>, ctx: CallContext) {
    return this.opportunities.list(data, ctx);
  }

  @Rpc(opportunitiesRpc.cards)
  cards({ ids }: Request<'cards'>, ctx: CallContext) {
    return this.batches.cards(ids, ctx);
  }

  @Rpc(opportunitiesRpc.facts)
  facts({ ids }: Request<'facts'>, ctx: CallContext) {
    return this.batches.facts(ids, ctx);
  }
}

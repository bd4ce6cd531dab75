import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, cooperationRpc, type Interest } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { AnswerService } from './answer.service.js';
import { ExpressService } from './express.service.js';
import { InterestService } from './interest.service.js';
import { InterestFactsService } from './interest-facts.service.js';

type Request<T extends keyof typeof cooperationRpc> = z.output<(typeof cooperationRpc)[T]['request']>;

/** Commands keep only the id with an idempotency key: a repeat sees the interest as it is then, and no name lies in that store. */
@Controller()
export class InterestController {
  constructor(
    private readonly expressing: ExpressService,
    private readonly answers: AnswerService,
    private readonly interests: InterestService,
    private readonly batches: InterestFactsService,
  ) {}

  @Rpc(cooperationRpc.express)
  express(request: Request<'express'>, ctx: CallContext) {
    return this.shown(this.expressing.express(request, ctx), ctx);
  }

  @Rpc(cooperationRpc.get)
  get({ id }: Request<'get'>, ctx: CallContext) {
    return this.interests.get(id, ctx);
  }

  @Rpc(cooperationRpc.list)
  list(request: Request<'list'>, ctx: CallContext) {
    return this.interests.list(request, ctx);
  }

  @Rpc(cooperationRpc.accept)
  accept(request: Request<'accept'>, ctx: CallContext) {
    return this.shown(this.answers.accept(request, ctx), ctx);
  }

  @Rpc(cooperationRpc.decline)
  decline(request: Request<'decline'>, ctx: CallContext) {
    return this.shown(this.answers.decline(request, ctx), ctx);
  }

  @Rpc(cooperationRpc.withdraw)
  withdraw(request: Request<'withdraw'>, ctx: CallContext) {
    return this.shown(this.answers.withdraw(request, ctx), ctx);
  }

  @Rpc(cooperationRpc.update)
  update(request: Request<'update'>, ctx: CallContext) {
    return this.shown(this.answers.update(request, ctx), ctx);
  }

  @Rpc(cooperationRpc.disclosures)
  disclosures(request: Request<'disclosures'>, ctx: CallContext) {
    return this.interests.ledger(request, ctx);
  }

  @Rpc(cooperationRpc.facts)
  facts({ ids }: Request<'facts'>, ctx: CallContext) {
    return this.batches.facts(ids, ctx);
  }

  private async shown(done: Promise<{ id: string }>, ctx: CallContext): Promise<Interest> {
    const { id } = await done;
    return this.interests.get(id, ctx);
  }
}

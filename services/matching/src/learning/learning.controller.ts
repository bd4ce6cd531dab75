import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { actorName, type CallContext, learningRpc, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { LearningService } from './learning.service.js';
import { WeightsService } from './weights.service.js';

/** For administrators alone: what ranks, ranks for everybody. */
@Controller()
export class LearningController {
  constructor(
    private readonly weights: WeightsService,
    private readonly learning: LearningService,
  ) {}

  @Rpc(learningRpc.weights)
  list(_: object, ctx: CallContext) {
    checkAdmin(ctx);
    return this.weights.list();
  }

  @Rpc(learningRpc.switchWeights)
  switch({ version }: z.output<typeof learningRpc.switchWeights.request>, ctx: CallContext) {
    checkAdmin(ctx);
    return this.weights.switch(version, actorName(ctx.actor));
  }

  @Rpc(learningRpc.learn)
  learn(request: z.output<typeof learningRpc.learn.request>, ctx: CallContext) {
    checkAdmin(ctx);
    return this.learning.learn(request, actorName(ctx.actor));
  }
}

function checkAdmin({ actor }: CallContext): void {
  if (actor.kind !== 'admin') throw new Problem('forbidden', 'Only an administrator may see and change the weights');
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, matchingRpc } from '#libs/contracts';
import { Clock, Rpc } from '#libs/service';
import { SuggestionService } from './suggestion.service.js';

@Controller()
export class SuggestionController {
  constructor(
    private readonly suggestions: SuggestionService,
    private readonly clock: Clock,
  ) {}

  @Rpc(matchingRpc.suggestions)
  list(request: z.output<typeof matchingRpc.suggestions.request>, ctx: CallContext) {
    return this.suggestions.list(request, ctx);
  }

  @Rpc(matchingRpc.suggestion)
  get({ id }: z.output<typeof matchingRpc.suggestion.request>, ctx: CallContext) {
    return this.suggestions.get(id, ctx);
  }

  @Rpc(matchingRpc.suggestionsById)
  byIds({ ids }: z.output<typeof matchingRpc.suggestionsById.request>, ctx: CallContext) {
    return this.suggestions.byIds(ids, ctx);
  }

  @Rpc(matchingRpc.nextBest)
  nextBest(data: z.output<typeof matchingRpc.nextBest.request>) {
    return this.suggestions.nextBest(data, this.clock.now().toISOString().slice(0, 10));
  }

  @Rpc(matchingRpc.dismiss)
  dismiss(data: z.output<typeof matchingRpc.dismiss.request>, ctx: CallContext) {
    return this.suggestions.dismiss(data, ctx);
  }
}

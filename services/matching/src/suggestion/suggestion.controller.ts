import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, matchingRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { SuggestionService } from './suggestion.service.js';

@Controller()
export class SuggestionController {
  constructor(private readonly suggestions: SuggestionService) {}

  @Rpc(matchingRpc.suggestions)
  list(request: z.output<typeof matchingRpc.suggestions.request>, ctx: CallContext) {
    return this.suggestions.list(request, ctx);
  }

  @Rpc(matchingRpc.suggestionsById)
  byIds({ ids }: z.output<typeof matchingRpc.suggestionsById.request>, ctx: CallContext) {
    return this.suggestions.byIds(ids, ctx);
  }

  @Rpc(matchingRpc.dismiss)
  dismiss(data: z.output<typeof matchingRpc.dismiss.request>, ctx: CallContext) {
    return this.suggestions.dismiss(data, ctx);
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, type HelpRequest, helpRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { HelpService } from './help.service.js';
import { HelpListService } from './help-list.service.js';

type Request<T extends keyof typeof helpRpc> = z.output<(typeof helpRpc)[T]['request']>;

/** Commands keep only the id with an idempotency key, as those of interests do. */
@Controller()
export class HelpController {
  constructor(
    private readonly help: HelpService,
    private readonly lists: HelpListService,
  ) {}

  @Rpc(helpRpc.ask)
  ask(request: Request<'ask'>, ctx: CallContext) {
    return this.shown(this.help.ask(request, ctx), ctx);
  }

  @Rpc(helpRpc.get)
  get({ id }: Request<'get'>, ctx: CallContext) {
    return this.lists.get(id, ctx);
  }

  @Rpc(helpRpc.list)
  list(request: Request<'list'>, ctx: CallContext) {
    return this.lists.list(request, ctx);
  }

  @Rpc(helpRpc.answer)
  answer(request: Request<'answer'>, ctx: CallContext) {
    return this.shown(this.help.answer(request, ctx), ctx);
  }

  @Rpc(helpRpc.withdraw)
  withdraw(request: Request<'withdraw'>, ctx: CallContext) {
    return this.shown(this.help.withdraw(request, ctx), ctx);
  }

  @Rpc(helpRpc.facts)
  facts({ ids }: Request<'facts'>, ctx: CallContext) {
    return this.lists.facts(ids, ctx);
  }

  private async shown(done: Promise<{ id: string }>, ctx: CallContext): Promise<HelpRequest> {
    const { id } = await done;
    return this.lists.get(id, ctx);
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, preferencesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { PreferenceService } from './preference.service.js';
import { UnsubscribeService } from './unsubscribe.service.js';

type Request<T extends keyof typeof preferencesRpc> = z.output<(typeof preferencesRpc)[T]['request']>;

@Controller()
export class PreferenceController {
  constructor(
    private readonly preferences: PreferenceService,
    private readonly links: UnsubscribeService,
  ) {}

  @Rpc(preferencesRpc.get)
  get(_: Request<'get'>, ctx: CallContext) {
    return this.preferences.get(ctx);
  }

  @Rpc(preferencesRpc.put)
  put({ revision, preferences }: Request<'put'>, ctx: CallContext) {
    return this.preferences.put(revision, preferences, ctx);
  }

  @Rpc(preferencesRpc.mutes)
  async mutes(_: Request<'mutes'>, ctx: CallContext) {
    return { items: await this.preferences.listMutes(ctx), nextCursor: null };
  }

  @Rpc(preferencesRpc.unmute)
  unmute({ id }: Request<'unmute'>, ctx: CallContext) {
    return this.preferences.unmute(id, ctx);
  }

  @Rpc(preferencesRpc.unsubscription)
  unsubscription({ token }: Request<'unsubscription'>) {
    return this.links.look(token);
  }

  @Rpc(preferencesRpc.unsubscribe)
  unsubscribe({ token, act }: Request<'unsubscribe'>) {
    return this.links.act(token, act);
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, notificationsRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { NoticeService } from './notice.service.js';

@Controller()
export class NoticeController {
  constructor(private readonly notices: NoticeService) {}

  @Rpc(notificationsRpc.inbox)
  inbox(query: z.output<typeof notificationsRpc.inbox.request>, ctx: CallContext) {
    return this.notices.inbox(query, ctx);
  }

  @Rpc(notificationsRpc.update)
  update(change: z.output<typeof notificationsRpc.update.request>, ctx: CallContext) {
    return this.notices.update(change, ctx);
  }

  @Rpc(notificationsRpc.mute)
  mute(which: z.output<typeof notificationsRpc.mute.request>, ctx: CallContext) {
    return this.notices.mute(which, ctx);
  }
}

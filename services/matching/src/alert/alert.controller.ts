import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { alertsRpc, type CallContext } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { AlertService } from './alert.service.js';

type Request<T extends keyof typeof alertsRpc> = z.output<(typeof alertsRpc)[T]['request']>;

@Controller()
export class AlertController {
  constructor(private readonly alerts: AlertService) {}

  @Rpc(alertsRpc.create)
  create(data: Request<'create'>, ctx: CallContext) {
    return this.alerts.create(data, ctx);
  }

  @Rpc(alertsRpc.get)
  get({ id }: Request<'get'>, ctx: CallContext) {
    return this.alerts.get(id, ctx);
  }

  @Rpc(alertsRpc.list)
  list(data: Request<'list'>, ctx: CallContext) {
    return this.alerts.list(data, ctx);
  }

  @Rpc(alertsRpc.update)
  update(data: Request<'update'>, ctx: CallContext) {
    return this.alerts.update(data, ctx);
  }

  @Rpc(alertsRpc.remove)
  remove(data: Request<'remove'>, ctx: CallContext) {
    return this.alerts.remove(data, ctx);
  }

  @Rpc(alertsRpc.byIds)
  byIds({ ids }: Request<'byIds'>) {
    return this.alerts.byIds(ids);
  }
}

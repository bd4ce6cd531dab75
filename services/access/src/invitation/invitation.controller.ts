import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { InvitationService } from './invitation.service.js';

type Request<T extends keyof typeof accessRpc> = z.output<(typeof accessRpc)[T]['request']>;

@Controller()
export class InvitationController {
  constructor(private readonly invitations: InvitationService) {}

  @Rpc(accessRpc.invite)
  invite(request: Request<'invite'>, ctx: CallContext) {
    return this.invitations.invite(request, ctx);
  }

  @Rpc(accessRpc.invitations)
  list({ id }: Request<'invitations'>, ctx: CallContext) {
    return this.invitations.list(id, ctx);
  }

  @Rpc(accessRpc.revokeInvitation)
  revoke({ id }: Request<'revokeInvitation'>, ctx: CallContext) {
    return this.invitations.revoke(id, ctx);
  }

  @Rpc(accessRpc.acceptInvitation)
  accept({ token }: Request<'acceptInvitation'>, ctx: CallContext) {
    return this.invitations.accept(token, ctx);
  }
}

import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { MembershipService } from './membership.service.js';

type Request<T extends keyof typeof accessRpc> = z.output<(typeof accessRpc)[T]['request']>;

@Controller()
export class MembershipController {
  constructor(private readonly memberships: MembershipService) {}

  @Rpc(accessRpc.identify)
  identify(request: Request<'identify'>, { actor }: CallContext) {
    if (actor.kind !== 'service') throw new Problem('forbidden', 'Only the platform asks who somebody is.');
    return this.memberships.identify(request);
  }

  @Rpc(accessRpc.signOut)
  signOut(_: Request<'signOut'>, ctx: CallContext) {
    return this.memberships.signOut(ctx);
  }

  @Rpc(accessRpc.memberships)
  own(_: Request<'memberships'>, ctx: CallContext) {
    return this.memberships.own(ctx);
  }

  @Rpc(accessRpc.members)
  members({ id }: Request<'members'>, ctx: CallContext) {
    return this.memberships.membersOf(id, ctx);
  }

  @Rpc(accessRpc.grant)
  grant(request: Request<'grant'>, ctx: CallContext) {
    return this.memberships.grant(request, ctx);
  }

  @Rpc(accessRpc.endMembership)
  end({ id }: Request<'endMembership'>, ctx: CallContext) {
    return this.memberships.end(id, ctx);
  }
}

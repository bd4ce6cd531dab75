import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { accessRpc, type CallContext, invitationWithTokenSchema, membershipSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';

const TAG = 'Members';
const grantBody = accessRpc.grant.request;
const inviteBody = accessRpc.invite.request.omit({ companyId: true });
const acceptBody = accessRpc.acceptInvitation.request;
const SOMEBODY = '01990000-0000-7000-8000-00000000a001';

/** Who is a member of what, and how one becomes a colleague. */
@Controller('v1')
export class MembershipController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({ id: 'listMemberships', tag: TAG, summary: "The caller's own roles", ok: accessRpc.memberships.response })
  @Get('memberships')
  own(@Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.memberships, {}, ctx);
  }

  @Operation({
    id: 'grantRole',
    tag: TAG,
    summary: 'Give a person a role',
    created: membershipSchema,
    example: { personId: SOMEBODY, role: { kind: 'coordinator', territories: ['ITC43'] } },
  })
  @Post('memberships')
  grant(@Body({ schema: grantBody }) body: z.output<typeof grantBody>, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.grant, body, ctx);
  }

  @Operation({ id: 'endMembership', tag: TAG, summary: "End a role: one's own, or that of a colleague" })
  @Delete('memberships/:id')
  @HttpCode(204)
  async end(@Req() request: FastifyRequest, @Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    await this.rpc.call(accessRpc.endMembership, { id }, ctx);
    await request.server.authenticator.forget(ctx.subject ?? '');
  }

  @Operation({
    id: 'signOutEverywhere',
    tag: TAG,
    summary:
      'End every session and every token of the caller that began before now; it counts everywhere within 30 seconds',
  })
  @Post('sign-out')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest, @Body({ schema: noFields }) _: unknown, @Caller() ctx: CallContext) {
    await this.rpc.call(accessRpc.signOut, {}, ctx);
    await request.server.authenticator.forget(ctx.subject ?? '');
  }

  @Operation({ id: 'listMembers', tag: TAG, summary: 'The members of a company', ok: accessRpc.members.response })
  @Get('companies/:id/members')
  members(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.members, { id }, ctx);
  }

  @Operation({
    id: 'createInvitation',
    tag: TAG,
    summary: 'Invite a colleague. The token of the link is shown this once and works once, for fourteen days',
    created: invitationWithTokenSchema,
    example: { role: 'editor' },
  })
  @Post('companies/:id/invitations')
  invite(
    @Param({ schema: idParams }) { id: companyId }: IdParams,
    @Body({ schema: inviteBody }) { role }: z.output<typeof inviteBody>,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(accessRpc.invite, { companyId, role }, ctx);
  }

  @Operation({
    id: 'listInvitations',
    tag: TAG,
    summary: 'Invitations of a company, newest first',
    ok: accessRpc.invitations.response,
  })
  @Get('companies/:id/invitations')
  invitations(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.invitations, { id }, ctx);
  }

  @Operation({ id: 'revokeInvitation', tag: TAG, summary: 'Take back an invitation that nobody has used' })
  @Delete('invitations/:id')
  @HttpCode(204)
  async revoke(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    await this.rpc.call(accessRpc.revokeInvitation, { id }, ctx);
  }

  @Operation({
    id: 'acceptInvitation',
    tag: TAG,
    summary: 'Become a member by the token of an invitation',
    ok: membershipSchema,
    example: { token: 'ci_the-token-of-the-link' },
  })
  @Post('invitations/accept')
  @HttpCode(200)
  async accept(
    @Req() request: FastifyRequest,
    @Body({ schema: acceptBody }) { token }: z.output<typeof acceptBody>,
    @Caller() ctx: CallContext,
  ) {
    const membership = await this.rpc.call(accessRpc.acceptInvitation, { token }, ctx);
    await request.server.authenticator.forget(ctx.subject ?? '');
    return membership;
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { accessRpc, type CallContext, claimCodeSchema, claimCreateSchema, claimSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';

const TAG = 'Members';
const listQuery = accessRpc.claims.request;

/** Whoever signs in says which company is theirs; a coordinator of its place confirms it, or whoever reads the mail that the register knows. */
@Controller('v1/claims')
export class ClaimController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createClaim',
    tag: TAG,
    summary: 'Say that a company is yours, by its P.IVA, tax code, REA number or UID',
    created: claimSchema,
    example: { identifier: { scheme: 'vat-it', value: '00743110157' }, mail: true },
  })
  @Post()
  claim(@Body({ schema: claimCreateSchema }) body: z.output<typeof claimCreateSchema>, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.claim, body, ctx);
  }

  @Operation({
    id: 'listClaims',
    tag: TAG,
    summary: "The caller's claims; for coordinators those on companies of their territories",
    ok: accessRpc.claims.response,
  })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.claims, query, ctx);
  }

  @Operation({ id: 'confirmClaim', tag: TAG, summary: 'The company is theirs: they become its owner', ok: claimSchema })
  @Post(':id/confirm')
  @HttpCode(200)
  confirm(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(accessRpc.decideClaim, { id, confirm: true }, ctx);
  }

  @Operation({
    id: 'confirmClaimByCode',
    tag: TAG,
    summary: 'Become the owner by the code that was mailed to the address of the register. Five tries, within 72 hours',
    ok: claimSchema,
    example: { code: 'ABCD-EFGH-2345' },
  })
  @Post(':id/code')
  @HttpCode(200)
  async confirmByCode(
    @Req() request: FastifyRequest,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: claimCodeSchema }) { code }: z.output<typeof claimCodeSchema>,
    @Caller() ctx: CallContext,
  ) {
    const claim = await this.rpc.call(accessRpc.confirmClaimByCode, { id, code }, ctx);
    await request.server.authenticator.forget(ctx.subject ?? '');
    return claim;
  }

  @Operation({ id: 'refuseClaim', tag: TAG, summary: 'The company is not theirs', ok: claimSchema })
  @Post(':id/refuse')
  @HttpCode(200)
  refuse(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(accessRpc.decideClaim, { id, confirm: false }, ctx);
  }
}

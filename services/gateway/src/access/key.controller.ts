import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { accessRpc, type CallContext, keyCreateSchema, keyWithSecretSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';

const TAG = 'Keys';

/** Keys of programs: of a firm's own, or of the platform's. */
@Controller('v1/keys')
export class KeyController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createKey',
    tag: TAG,
    summary: 'Make an API key. The key itself is shown this once',
    created: keyWithSecretSchema,
    example: { label: 'ERP', scopes: ['read', 'match'], firmId: '01990000-0000-7000-8000-00000000a002', days: 365 },
  })
  @Post()
  create(@Body({ schema: keyCreateSchema }) body: z.output<typeof keyCreateSchema>, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.createKey, body, ctx);
  }

  @Operation({
    id: 'listKeys',
    tag: TAG,
    summary: 'The keys of the firm; those of the platform for administrators',
    ok: accessRpc.keys.response,
  })
  @Get()
  list(@Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.keys, {}, ctx);
  }

  @Operation({
    id: 'rotateKey',
    tag: TAG,
    summary: 'Put a new key in the place of one that goes on working for a day. The new one is shown this once',
    ok: keyWithSecretSchema,
  })
  @Post(':id/rotate')
  @HttpCode(200)
  rotate(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _: unknown,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(accessRpc.rotateKey, { id }, ctx);
  }

  @Operation({ id: 'revokeKey', tag: TAG, summary: 'End a key at once' })
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    await this.rpc.call(accessRpc.revokeKey, { id }, ctx);
  }
}

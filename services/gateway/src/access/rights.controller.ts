import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  accessRpc,
  type CallContext,
  consentChangeSchema,
  consentSchema,
  consentsSchema,
  erasureCreateSchema,
  erasureSchema,
  exportSchema,
  partySchema,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';
import { csvOf } from './csv.js';

const TAG = 'Rights';
const exportParams = z.object(partySchema.shape);
const exportQuery = z.strictObject({
  format: z.enum(['json', 'csv']).optional().describe('csv: one line a field, with service, table and row before it'),
});
const consentingQuery = accessRpc.consenting.request;
const auditQuery = accessRpc.audit.request;
/** An export may wait for services that have much to tell. */
const PATIENCE_MS = 15_000;

/** What everybody may ask of the platform about themselves, and the book of what was done. */
@Controller('v1')
export class RightsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'listConsents',
    tag: TAG,
    summary: 'What the caller has agreed to, with its history',
    ok: consentsSchema,
  })
  @Get('consents')
  consents(@Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.consents, {}, ctx);
  }

  @Operation({
    id: 'listConsenting',
    tag: TAG,
    summary:
      'Who of the caller’s territories agrees to a purpose now: for coordinators who ask, invite or write of somebody',
    ok: accessRpc.consenting.response,
  })
  @Get('consents/given')
  consenting(@Query({ schema: consentingQuery }) query: z.output<typeof consentingQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.consenting, query, ctx);
  }

  @Operation({
    id: 'putConsent',
    tag: TAG,
    summary: 'Give or withdraw consent for one purpose',
    ok: consentSchema,
    example: { purpose: 'outreach', granted: true },
  })
  @Put('consents')
  consent(
    @Body({ schema: consentChangeSchema }) body: z.output<typeof consentChangeSchema>,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(accessRpc.setConsent, body, ctx);
  }

  @Operation({
    id: 'createErasure',
    tag: TAG,
    summary: 'Have a company or an expert erased everywhere. Done when every service has said so',
    accepted: erasureSchema,
    example: { subject: { kind: 'expert', id: '01990000-0000-7000-8000-00000000a003' } },
  })
  @Post('erasures')
  @HttpCode(202)
  async erase(
    @Body({ schema: erasureCreateSchema }) body: z.output<typeof erasureCreateSchema>,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const erasure = await this.rpc.call(accessRpc.erase, body, ctx);
    reply.header('location', `/v1/erasures/${erasure.id}`);
    return erasure;
  }

  @Operation({ id: 'getErasure', tag: TAG, summary: 'How far an erasure is, service by service', ok: erasureSchema })
  @Get('erasures/:id')
  erasure(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.erasure, { id }, ctx);
  }

  @Operation({
    id: 'getExport',
    tag: TAG,
    summary:
      'Everything that is kept of a company (`firm`) or an expert, from all services; as CSV by `Accept` or `format`',
    ok: exportSchema,
  })
  @Get('exports/:kind/:id')
  async export(
    @Param({ schema: exportParams }) subject: z.output<typeof exportParams>,
    @Query({ schema: exportQuery }) { format }: z.output<typeof exportQuery>,
    @Headers('accept') accept: string | undefined,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.rpc.call(accessRpc.export, subject, ctx, { timeoutMs: PATIENCE_MS });
    reply.header('cache-control', 'no-store');
    if (format !== 'csv' && (format || !/^\s*text\/csv\b/i.test(accept ?? ''))) return found;
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${subject.kind}-${subject.id}.csv"`);
    return csvOf(found);
  }

  @Operation({
    id: 'listAudit',
    tag: TAG,
    summary: 'Who did what to what, newest first',
    ok: accessRpc.audit.response,
  })
  @Get('audit')
  audit(@Query({ schema: auditQuery }) query: z.output<typeof auditQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(accessRpc.audit, query, ctx);
  }
}

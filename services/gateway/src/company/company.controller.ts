import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  type CallContext,
  type CompanyCreate,
  type CompanyPatch,
  companiesRpc,
  companyCreateSchema,
  companyPatchSchema,
  companySchema,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { companyExample } from '../docs/examples.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';
import { IfMatch, OptionalIfMatch } from '../http/revision.js';

const listQuery = companiesRpc.list.request;

@Controller('v1/companies')
export class CompanyController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'createCompany',
    tag: 'Companies',
    summary: 'Register a company',
    created: companySchema,
    example: companyExample,
  })
  @Post()
  async create(
    @Body({ schema: companyCreateSchema }) body: CompanyCreate,
    @Caller() ctx: CallContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const company = await this.rpc.call(companiesRpc.create, body, ctx);
    reply.header('location', `/v1/companies/${company.id}`);
    return company;
  }

  @Operation({
    id: 'listCompanies',
    tag: 'Companies',
    summary: 'Companies, newest first',
    ok: companiesRpc.list.response,
  })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(companiesRpc.list, query, ctx);
  }

  @Operation({ id: 'getCompany', tag: 'Companies', summary: 'One company', ok: companySchema })
  @Get(':id')
  get(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    return this.rpc.call(companiesRpc.get, { id }, ctx);
  }

  @Operation({
    id: 'updateCompany',
    tag: 'Companies',
    summary: 'Change the given fields; null clears one',
    ok: companySchema,
    example: { text: 'Torneria di precisione per il settore medicale' },
    ifMatch: 'required',
  })
  @Patch(':id')
  update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: companyPatchSchema }) patch: CompanyPatch,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(companiesRpc.update, { id, revision, patch }, ctx);
  }

  @Operation({
    id: 'eraseCompany',
    tag: 'Companies',
    summary: 'Erase a company and all that belongs to it',
    ifMatch: 'optional',
  })
  @Delete(':id')
  @HttpCode(204)
  async erase(
    @Param({ schema: idParams }) { id }: IdParams,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    await this.rpc.call(companiesRpc.erase, { id, revision }, ctx);
  }
}

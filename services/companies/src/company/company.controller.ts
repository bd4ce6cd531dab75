import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, companiesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { CompanyService } from './company.service.js';
import { CompanyBatchService } from './company-batch.service.js';
import { CompanyImportService } from './company-import.service.js';

type Request<T extends keyof typeof companiesRpc> = z.infer<(typeof companiesRpc)[T]['request']>;

@Controller()
export class CompanyController {
  constructor(
    private readonly companies: CompanyService,
    private readonly imports: CompanyImportService,
    private readonly batches: CompanyBatchService,
  ) {}

  @Rpc(companiesRpc.create)
  create(data: Request<'create'>, ctx: CallContext) {
    return this.companies.create(data, ctx);
  }

  @Rpc(companiesRpc.get)
  get({ id }: Request<'get'>, ctx: CallContext) {
    return this.companies.get(id, ctx);
  }

  @Rpc(companiesRpc.update)
  update(data: Request<'update'>, ctx: CallContext) {
    return this.companies.update(data, ctx);
  }

  @Rpc(companiesRpc.erase)
  erase(data: Request<'erase'>, ctx: CallContext) {
    return this.companies.erase(data, ctx);
  }

  @Rpc(companiesRpc.list)
  list(data: Request<'list'>, ctx: CallContext) {
    return this.companies.list(data, ctx);
  }

  @Rpc(companiesRpc.import)
  import(data: Request<'import'>, ctx: CallContext) {
    return this.imports.import(data, ctx);
  }

  @Rpc(companiesRpc.cards)
  cards({ ids }: Request<'cards'>) {
    return this.batches.cards(ids);
  }

  @Rpc(companiesRpc.facts)
  facts({ ids }: Request<'facts'>) {
    return this.batches.facts(ids);
  }

  @Rpc(companiesRpc.addresses)
  addresses({ ids }: Request<'addresses'>, ctx: CallContext) {
    return this.batches.addresses(ids, ctx);
  }

  @Rpc(companiesRpc.registerAddresses)
  registerAddresses({ ids }: Request<'registerAddresses'>, ctx: CallContext) {
    return this.batches.registerAddresses(ids, ctx);
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type Address,
  actsForThePlatform,
  type CallContext,
  type Card,
  type CompanyFacts,
  Problem,
} from '#libs/contracts';
import { findByIds } from '#libs/records';
import { fitIntoMessage } from '#libs/service';
import { companyAddress, companyCard, companyFacts, registerAddress } from './company.dto.js';
import { Company } from './company.entity.js';

interface Batch<T> {
  items: T[];
  rest: string[];
}

/** What other services ask of many companies at once. */
@Injectable()
export class CompanyBatchService {
  constructor(private readonly db: DataSource) {}

  async cards(ids: string[]): Promise<Batch<Card>> {
    // Asked for with every answer to a match: names alone, not whole profiles.
    const found = await findByIds(this.db.manager, Company, ids, ['id', 'name', 'country', 'territory']);
    return fitIntoMessage(found.map(companyCard));
  }

  facts(ids: string[]): Promise<Batch<CompanyFacts>> {
    return this.batch(ids, companyFacts);
  }

  addresses(ids: string[], { actor }: CallContext): Promise<Batch<Address>> {
    if (!actsForThePlatform(actor)) throw new Problem('forbidden', 'Addresses are private.');
    return this.batch(ids, companyAddress);
  }

  registerAddresses(ids: string[], { actor }: CallContext): Promise<Batch<Address>> {
    if (!actsForThePlatform(actor)) throw new Problem('forbidden', 'Addresses are private.');
    return this.batch(ids, registerAddress);
  }

  private async batch<T extends { id: string }>(ids: string[], shape: (company: Company) => T): Promise<Batch<T>> {
    const found = await findByIds(this.db.manager, Company, ids);
    return fitIntoMessage(found.map(shape));
  }
}

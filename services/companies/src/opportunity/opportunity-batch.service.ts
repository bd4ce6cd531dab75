import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContext, OpportunityCard, OpportunityFacts } from '#libs/contracts';
import { fitIntoMessage } from '#libs/service';
import { Company } from '../company/company.entity.js';
import { opportunityCard, opportunityFacts } from './opportunity.dto.js';
import { Opportunity } from './opportunity.entity.js';
import { maySee } from './opportunity.service.js';

interface Batch<T> {
  items: T[];
  rest: string[];
}

/** What other services ask of many opportunities at once. */
@Injectable()
export class OpportunityBatchService {
  constructor(private readonly db: DataSource) {}

  cards(ids: string[], ctx: CallContext): Promise<Batch<OpportunityCard>> {
    return this.batch(ids, ctx, opportunityCard);
  }

  facts(ids: string[], ctx: CallContext): Promise<Batch<OpportunityFacts>> {
    return this.batch(ids, ctx, opportunityFacts);
  }

  private async batch<T extends { id: string }>(
    ids: string[],
    { actor }: CallContext,
    shape: (opportunity: Opportunity, company: Company) => T,
  ): Promise<Batch<T>> {
    const rows = await this.db.manager
      .createQueryBuilder(Opportunity, 'o')
      .innerJoinAndMapOne('o.company', Company, 'c', 'c.id = o.companyId')
      .where('o.id = ANY(:ids)', { ids })
      .getMany();
    const byId = new Map((rows as (Opportunity & { company: Company })[]).map((row) => [row.id, row]));
    const found = ids.flatMap((id) => {
      const row = byId.get(id);
      return row && maySee(row, actor, row.company) ? shape(row, row.company) : [];
    });
    return fitIntoMessage(found);
  }
}

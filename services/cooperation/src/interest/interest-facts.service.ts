import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type CallContext, type InterestFacts, Problem } from '#libs/contracts';
import { findByIds } from '#libs/records';
import { fitIntoMessage } from '#libs/service';
import { InterestEntity } from './interest.entity.js';
import { interestFacts } from './interest.view.js';
import { NextBestService } from './next-best.service.js';

/** What services that tell people of interests ask about many at once. */
@Injectable()
export class InterestFactsService {
  constructor(
    private readonly db: DataSource,
    private readonly nextBest: NextBestService,
  ) {}

  async facts(ids: string[], ctx: CallContext): Promise<{ items: InterestFacts[]; rest: string[] }> {
    if (ctx.actor.kind !== 'service') throw new Problem('forbidden', 'It names both sides: for services alone.');
    const interests = await findByIds(this.db.manager, InterestEntity, ids);
    const next = await this.nextBest.of(interests, ctx);
    return fitIntoMessage(interests.map((one) => interestFacts(one, next.get(one.id) ?? null)));
  }
}

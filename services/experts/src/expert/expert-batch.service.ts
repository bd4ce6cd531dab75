import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type Address,
  actsForThePlatform,
  type CallContext,
  type Card,
  type ExpertFacts,
  Problem,
} from '#libs/contracts';
import { findByIds } from '#libs/records';
import { fitIntoMessage } from '#libs/service';
import { expertAddress, expertCard, expertFacts, maySee } from './expert.dto.js';
import { Expert } from './expert.entity.js';

interface Batch<T> {
  items: T[];
  rest: string[];
}

const CARD = ['id', 'name', 'country', 'territory', 'affiliation', 'listed'] as const;

/** What other services ask of many experts at once. */
@Injectable()
export class ExpertBatchService {
  constructor(private readonly db: DataSource) {}

  /** Names go into answers and mails: without consent to be listed no service gets one either. */
  async cards(ids: string[], { actor }: CallContext): Promise<Batch<Card & { affiliation: string | null }>> {
    // Asked for with every answer to a match: names alone, not whole profiles with their evidence.
    const experts = await findByIds(this.db.manager, Expert, ids, CARD);
    const shown = experts.filter((expert) => expert.listed || (actor.kind !== 'service' && maySee(expert, actor)));
    return fitIntoMessage(shown.map(expertCard));
  }

  /** Services get unlisted experts too, marked so, and take them out of what they keep. */
  async facts(ids: string[], { actor }: CallContext): Promise<Batch<ExpertFacts>> {
    const experts = await findByIds(this.db.manager, Expert, ids);
    return fitIntoMessage(experts.filter((expert) => maySee(expert, actor)).map(expertFacts));
  }

  async addresses(ids: string[], { actor }: CallContext): Promise<Batch<Address>> {
    if (!actsForThePlatform(actor)) throw new Problem('forbidden', 'Addresses are private.');
    const experts = await findByIds(this.db.manager, Expert, ids);
    return fitIntoMessage(experts.map(expertAddress));
  }
}

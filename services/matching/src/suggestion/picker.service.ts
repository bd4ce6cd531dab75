import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OpportunityFacts } from '#libs/contracts';
import { opportunityCopy } from '../index/features.js';
import { Loads } from '../load/loads.service.js';
import { CandidateStore } from '../match/candidate.store.js';
import { MatchService } from '../match/match.service.js';
import { isOffer } from '../match/need.js';
import { WEIGHTS } from '../match/ranking.weights.js';
import { type Pick, refusedPairs } from './suggestion.store.js';

/** Chooses who is suggested for an opportunity: the best who can be asked now and have not said no to it. */
@Injectable()
export class Picker {
  constructor(
    private readonly dataSource: DataSource,
    private readonly candidates: CandidateStore,
    private readonly matches: MatchService,
    private readonly loads: Loads,
  ) {}

  async pick(facts: OpportunityFacts, now: Date): Promise<Pick[]> {
    // Who has reached their cap a moment ago must not take a place among the best.
    await this.loads.refresh();
    const opportunity = this.candidates.fresh('opportunity', (reading) => opportunityCopy(facts, reading));
    // What its firm is like and seeks would show in the reasons.
    const company = facts.anonymous ? undefined : await this.candidates.one('company', facts.companyId);
    const refused = await refusedPairs(this.dataSource.manager, facts.id);
    const picks: Pick[] = [];
    // An offer looks for firms that want it; nobody is asked for advice.
    for (const seek of isOffer(facts.type) ? (['partners'] as const) : (['experts', 'partners'] as const)) {
      const { need, ranking } = await this.matches.forOpportunity(
        opportunity,
        company,
        seek,
        WEIGHTS.suggestion.count + refused.size,
        now,
      );
      // A plain answer is for somebody who waits; what is stored and sent out must be the best there is.
      if (ranking.degraded) throw new Error('Meilisearch cannot be asked');
      const best = ranking.items.filter(({ candidate }) => !refused.has(candidate.id));
      best.slice(0, WEIGHTS.suggestion.count).forEach(({ candidate, scored }, at) => {
        if (scored.score >= WEIGHTS.suggestion[seek])
          picks.push({ rank: at + 1, candidate, scored, need, weights: ranking.weights });
      });
    }
    return picks;
  }
}

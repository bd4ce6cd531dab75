import { Injectable, Logger } from '@nestjs/common';
import { Brackets, DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  type Actor,
  type CallContext,
  type cooperationRpc,
  type Interest,
  type Party,
  Problem,
  partyOf,
} from '#libs/contracts';
import { idOfCursor, pageOfRows } from '#libs/records';
import { Clock, RpcClient } from '#libs/service';
import { DisclosureService } from '../disclosure/disclosure.service.js';
import { cardsOf } from './cards.js';
import { askedOf, askerOf, InterestEntity } from './interest.entity.js';
import { accompanied, accompaniedBy, accompanies, ownInterest, sideOf } from './interest.store.js';
import { interestView, isOverdue } from './interest.view.js';
import { NextBestService } from './next-best.service.js';
import { counterpartOf } from './teaser.js';
import { WAITING } from './transitions.js';

type List = z.output<typeof cooperationRpc.list.request>;
type Page = z.input<typeof cooperationRpc.list.response>;
type Disclosures = z.output<typeof cooperationRpc.disclosures.request>;

/** What the two sides and coordinators see of expressions of interest. */
@Injectable()
export class InterestService {
  private readonly logger = new Logger('Interest');

  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
    private readonly disclosures: DisclosureService,
    private readonly nextBest: NextBestService,
  ) {}

  /** One interest; the contact of the other side is with it once both have accepted, and is in the ledger then. */
  async get(id: string, ctx: CallContext): Promise<Interest> {
    const { interest, side } = await ownInterest(this.db.manager, id, ctx.actor);
    const [view] = await this.views([interest], ctx);
    if (side === 'coordinator') return view!;
    const contact = await this.disclosures.contactFor(interest, side, ctx);
    // An expert who is not listed has no name in lists; who has accepted is known to the other side.
    const name = view!.counterpart.name ?? contact?.name ?? null;
    return { ...view!, counterpart: { ...view!.counterpart, name, ...(contact ? { contact } : {}) } };
  }

  async list({ side, state, opportunityId, overdue, cursor, limit }: List, ctx: CallContext): Promise<Page> {
    const query = this.db.manager
      .createQueryBuilder(InterestEntity, 'i')
      .orderBy('i.id', 'DESC')
      .limit(limit + 1);
    query.where(concerning(ctx.actor, side));
    if (state) query.andWhere('i.state = :state', { state });
    if (opportunityId) query.andWhere('i.opportunityId = :opportunityId', { opportunityId });
    if (overdue !== undefined) {
      const late = `(i.state = 'expired' OR (i.state = ANY(:waiting) AND i.dueAt < :now))`;
      query.andWhere(overdue ? late : `NOT ${late}`, { waiting: WAITING, now: this.clock.now() });
    }
    const after = idOfCursor(cursor);
    if (after) query.andWhere('i.id < :after', { after });
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    return { items: await this.views(rows, ctx), nextCursor };
  }

  /** Who saw whose contact, for the two sides and coordinators. */
  async ledger({ id, ...page }: Disclosures, ctx: CallContext) {
    await ownInterest(this.db.manager, id, ctx.actor);
    return this.disclosures.list(id, page);
  }

  private async views(interests: InterestEntity[], ctx: CallContext): Promise<Interest[]> {
    if (interests.length === 0) return [];
    const others = new Map(interests.map((one) => [one.id, otherSide(one, ctx.actor)]));
    const [cards, next] = await Promise.all([cardsOf(this.rpc, [...others.values()], ctx), this.next(interests, ctx)]);
    const now = this.clock.now();
    return interests.map((interest) => {
      const other = others.get(interest.id)!;
      const side = sideOf(interest, ctx.actor)!;
      // Who accompanies one side alone learns of an unnamed firm on the other no more than that side does.
      const named = side === 'coordinator' && accompanies(interest, ctx.actor, 'asked');
      const counterpart = counterpartOf(interest, other, cards.get(`${other.kind} ${other.id}`), named);
      const view = interestView(interest, side, counterpart, isOverdue(interest, now));
      const suggestionId = next.get(interest.id);
      return suggestionId ? { ...view, next: { suggestionId } } : view;
    });
  }

  /** Who could be asked next is for the owner of the need, and for coordinators, who may have to tell them. */
  private async next(interests: InterestEntity[], ctx: CallContext): Promise<Map<string, string>> {
    const seen = interests.filter((one) => sideOf(one, ctx.actor) !== 'asked');
    try {
      return await this.nextBest.of(seen, ctx);
    } catch (error) {
      // A list without the offer is better than none; it is there again with the next look.
      if (!(error instanceof Problem) || !['unavailable', 'timeout'].includes(error.code)) throw error;
      this.logger.warn(`The next best could not be found: ${error.detail}`);
      return new Map();
    }
  }
}

function otherSide(interest: InterestEntity, actor: Actor): Party {
  return sideOf(interest, actor) === 'asked' ? askerOf(interest) : askedOf(interest);
}

/** The caller's own interests; for who accompanies firms or experts, those with one of them. */
function concerning(actor: Actor, side: List['side']): Brackets {
  const party = partyOf(actor);
  const by = accompaniedBy(actor);
  if (!party)
    return new Brackets((where) => where.where(accompanied('i.asker'), by).orWhere(accompanied('i.asked'), by));
  const { kind, id } = party;
  return new Brackets((where) => {
    if (side !== 'asked') where.orWhere('(i.askerId = :own AND i.askerKind = :kind)', { own: id, kind });
    if (side !== 'asker') where.orWhere('(i.askedId = :own AND i.askedKind = :kind)', { own: id, kind });
  });
}

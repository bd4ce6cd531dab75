import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type CallContext, cooperationRpc, interestExpressed, type Party, Problem, partyOf } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { notFound, runOnce } from '#libs/records';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { CONFIG, type Config } from '../config.js';
import { dayOf, deadlinesFrom } from '../deadline/deadline.js';
import type { Place } from '../deadline/holidays.js';
import { obstacleOf } from '../load/availability.js';
import { keepLoads, openRequests } from '../load/load.js';
import { InterestEntity } from './interest.entity.js';
import { about } from './interest.store.js';
import { lockParties } from './locks.js';
import { isErased, type Profile, placeCode, profileOf } from './profile.js';
import { type Wish, wishOf } from './wish.js';

type Request = z.output<typeof cooperationRpc.express.request>;

/** Expresses interest: who asks whom, by when an answer is due, and whether the one asked may be asked at all. */
@Injectable()
export class ExpressService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers with the id of the new interest. */
  express(request: Request, ctx: CallContext): Promise<{ id: string }> {
    const asker = partyOf(ctx.actor);
    if (!asker) throw new Problem('forbidden', 'Interest is expressed by firms and experts.');
    return runOnce(this.db, ctx, cooperationRpc.express.subject, request, async (manager) => {
      const own = serviceContext('cooperation', ctx.lang, ctx.requestId);
      const wish = await wishOf(manager, this.rpc, request, asker, own);
      // Read before the locks are taken; what it says of an expert is as new as any answer can be.
      const [asked, self] = await Promise.all([profileOf(this.rpc, wish.asked, own), profileOf(this.rpc, asker, own)]);
      await lockParties(manager, [asker, wish.asked]);
      await this.refuse(manager, asker, wish.asked, asked);
      return this.write(manager, asker, wish, [self.place, asked.place], request.note);
    });
  }

  private async refuse(manager: EntityManager, asker: Party, asked: Party, { expert }: Profile): Promise<void> {
    if (await isErased(manager, [asker, asked])) throw notFound(asked.kind === 'firm' ? 'company' : 'expert');
    if (!expert) return;
    const open = await openRequests(manager, expert.id);
    const obstacle = obstacleOf(expert, open, dayOf(this.clock.now()));
    if (obstacle) throw new Problem('conflict', obstacle);
  }

  private async write(
    manager: EntityManager,
    asker: Party,
    { asked, opportunityId, suggestionId, ownerId, anonymous }: Wish,
    [askerPlace, askedPlace]: [Place, Place],
    note: string | undefined,
  ): Promise<{ id: string }> {
    const now = this.clock.now();
    const deadlines = deadlinesFrom(now, askedPlace, this.config.RESPONSE_DAYS);
    const interest = manager.create(InterestEntity, {
      ...{ id: uuidv7(), revision: 1, state: 'submitted', opportunityId, suggestionId, ownerId, anonymous },
      ...{ askerKind: asker.kind, askerId: asker.id, askedKind: asked.kind, askedId: asked.id },
      ...{ askerPlace: placeCode(askerPlace), askedPlace: placeCode(askedPlace) },
      ...{ note: note ?? null, answerNote: null, reasonCode: null, achievement: null, withdrawnBy: null },
      ...{ createdAt: now, ...deadlines, told: null, nextAt: deadlines.halfAt },
      ...{ answeredAt: null, acceptedAt: null, closedAt: null },
    });
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(InterestEntity)
      .values(interest)
      .orIgnore()
      .returning('id')
      .execute();
    if (raw.length === 0)
      throw new Problem(
        'duplicate',
        'There is an open expression of interest between the two of you about this already.',
      );
    const data = { ...about(interest), dueAt: deadlines.dueAt.toISOString() };
    await this.outbox.add(manager, interestExpressed, { aggregateId: interest.id, data });
    await keepLoads(manager, this.outbox, [asked], now);
    return { id: interest.id };
  }
}

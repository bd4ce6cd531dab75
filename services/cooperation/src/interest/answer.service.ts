import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  type CallContext,
  cooperationRpc,
  type Interest,
  interestAnswered,
  outcomeRecorded,
  Problem,
  type RpcContract,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { invalid, revisionMismatch, runOnce } from '#libs/records';
import { Clock } from '#libs/service';
import { enter, mutually } from '../disclosure/ledger.js';
import { keepLoads } from '../load/load.js';
import { askedOf, askerOf, InterestEntity } from './interest.entity.js';
import { about, ownInterest, withdraw } from './interest.store.js';
import { lockParties } from './locks.js';
import { checkCoordinated, isOutcome, type Side, type SideAct, stateAfter } from './transitions.js';

type Request<T extends keyof typeof cooperationRpc> = z.output<(typeof cooperationRpc)[T]['request']>;
type Named = { id: string; revision?: number | undefined };

/** An interest at hand, locked, with the side of the one who acts. */
interface Case {
  manager: EntityManager;
  interest: InterestEntity;
  side: Interest['side'];
  now: Date;
}

/** What the two sides and the coordinators do with an interest. Each act answers with its id. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  accept(request: Request<'accept'>, ctx: CallContext): Promise<{ id: string }> {
    return this.act(cooperationRpc.accept, request, ctx, async ({ manager, interest, side, now }) => {
      interest.state = stateAfter('accept', sideThatActs(side, 'accept'), interest);
      interest.answerNote = request.note ?? null;
      interest.answeredAt = now;
      interest.acceptedAt = now;
      interest.nextAt = null;
      await enter(manager, mutually('opened', interest.id, askerOf(interest), askedOf(interest)), now);
      await this.save(manager, interest);
      await this.tellAnswer(manager, interest, 'accepted');
    });
  }

  decline(request: Request<'decline'>, ctx: CallContext): Promise<{ id: string }> {
    return this.act(cooperationRpc.decline, request, ctx, async ({ manager, interest, side, now }) => {
      interest.state = stateAfter('decline', sideThatActs(side, 'decline'), interest);
      interest.answerNote = request.note ?? null;
      interest.reasonCode = request.reasonCode;
      interest.answeredAt = now;
      interest.nextAt = null;
      await this.save(manager, interest);
      await this.tellAnswer(manager, interest, 'declined');
    });
  }

  withdraw(request: Request<'withdraw'>, ctx: CallContext): Promise<{ id: string }> {
    return this.act(cooperationRpc.withdraw, request, ctx, async ({ manager, interest, side, now }) => {
      const by = sideThatActs(side, 'withdraw');
      stateAfter('withdraw', by, interest);
      await withdraw(manager, this.outbox, interest, by, now);
    });
  }

  /** Only for coordinators. */
  update(request: Request<'update'>, ctx: CallContext): Promise<{ id: string }> {
    const { state, achievement } = request;
    return this.act(cooperationRpc.update, request, ctx, async ({ manager, interest, side }) => {
      if (side !== 'coordinator') throw new Problem('forbidden', 'The state is kept by coordinators.');
      checkCoordinated(interest.state, state);
      if (achievement && state !== 'agreement-reached')
        throw invalid([{ pointer: '/achievement', detail: 'is for an agreement that was reached' }]);
      interest.state = state;
      interest.achievement = achievement ?? null;
      await this.save(manager, interest);
      if (!isOutcome(state)) return;
      const data = { ...about(interest), outcome: state, ...(achievement ? { achievement } : {}) };
      await this.outbox.add(manager, outcomeRecorded, { aggregateId: interest.id, data });
    });
  }

  private act(
    contract: RpcContract,
    request: Named,
    ctx: CallContext,
    work: (one: Case) => Promise<void>,
  ): Promise<{ id: string }> {
    const { id, revision } = request;
    return runOnce(this.db, ctx, contract.subject, request, async (manager) => {
      const seen = await ownInterest(manager, id, ctx.actor);
      const parties = [askerOf(seen.interest), askedOf(seen.interest)];
      await lockParties(manager, parties);
      const interest = await manager.findOneOrFail(InterestEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (revision !== undefined && revision !== interest.revision)
        throw revisionMismatch('expression of interest', interest.revision);
      const now = this.clock.now();
      await work({ manager, interest, side: seen.side, now });
      await keepLoads(manager, this.outbox, [askedOf(interest)], now);
      return { id };
    });
  }

  private async save(manager: EntityManager, interest: InterestEntity): Promise<void> {
    interest.revision++;
    await manager.save(interest);
  }

  private async tellAnswer(
    manager: EntityManager,
    interest: InterestEntity,
    answer: 'accepted' | 'declined',
  ): Promise<void> {
    const { id, reasonCode } = interest;
    const data = { ...about(interest), answer, ...(reasonCode ? { reasonCode } : {}) };
    await this.outbox.add(manager, interestAnswered, { aggregateId: id, data });
  }
}

function sideThatActs(side: Interest['side'], act: SideAct): Side {
  if (side !== 'coordinator') return side;
  throw new Problem('forbidden', `To ${act} is for the two sides alone.`);
}

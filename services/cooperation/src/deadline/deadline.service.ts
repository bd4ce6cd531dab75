import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { interestDue, interestExpired } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { Clock } from '#libs/service';
import { askedOf, askerOf, InterestEntity } from '../interest/interest.entity.js';
import { about } from '../interest/interest.store.js';
import { lockParties } from '../interest/locks.js';
import { isWaiting } from '../interest/transitions.js';
import { keepLoads } from '../load/load.js';
import { dueStep, nextStepAt } from './deadline.js';

const EVERY_MS = 5_000;
const BATCH = 200;

/**
 * Keeps the promise of an answer: reminds at half time and a day before, then ends what nobody answered. Copies of the service may do it side by side:
 * each interest is looked at again under its lock, and whoever comes second finds nothing to do.
 */
@Injectable()
export class DeadlineService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Deadline');
  private timer?: NodeJS.Timeout;
  private running?: Promise<void> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const tick = () => {
      this.running ??= this.run(this.clock.now())
        .catch((error: Error) => this.logger.warn(`The deadlines wait for the next look: ${error.message}`))
        .finally(() => {
          this.running = undefined;
        });
    };
    this.timer = setInterval(tick, EVERY_MS).unref();
    tick();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Does everything that is due at `now`. */
  async run(now: Date): Promise<void> {
    for (;;) {
      const due = await this.db.query<{ id: string }[]>(
        `SELECT id FROM interest WHERE next_at <= $1 ORDER BY next_at LIMIT ${BATCH}`,
        [now],
      );
      let done = 0;
      for (const { id } of due) if (await this.tried(id, now)) done++;
      if (due.length < BATCH || done === 0) return;
    }
  }

  // One that fails must not keep the others waiting behind it.
  private async tried(id: string, now: Date): Promise<boolean> {
    try {
      await this.db.transaction((manager) => this.step(manager, id, now));
      return true;
    } catch (error) {
      this.logger.warn(`Interest ${id} waits for the next look: ${(error as Error).message}`);
      return false;
    }
  }

  private async step(manager: EntityManager, id: string, now: Date): Promise<void> {
    const seen = await manager.findOneOrFail(InterestEntity, { where: { id } });
    await lockParties(manager, [askerOf(seen), askedOf(seen)]);
    const interest = await manager.findOneOrFail(InterestEntity, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    // Answered, or done by another copy, since it was found.
    if (!interest.nextAt || interest.nextAt > now || !isWaiting(interest.state)) return;
    const step = dueStep(now, interest, interest.told);
    if (step === 'expiry') {
      interest.state = 'expired';
      interest.nextAt = null;
    } else {
      interest.told = step ?? interest.told;
      interest.nextAt = nextStepAt(interest, interest.told);
    }
    interest.revision++;
    await manager.save(interest);
    if (step === 'expiry') {
      await this.outbox.add(manager, interestExpired, { aggregateId: id, data: about(interest) });
      await keepLoads(manager, this.outbox, [askedOf(interest)], now);
    } else if (step) {
      const data = { ...about(interest), stage: step, dueAt: interest.dueAt.toISOString() };
      await this.outbox.add(manager, interestDue, { aggregateId: id, data });
    }
  }
}

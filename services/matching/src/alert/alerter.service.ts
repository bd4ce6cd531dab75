import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { alertMatched, Problem, SOUGHT_TYPES } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { Clock } from '#libs/service';
import { type Hold, Lease } from '../index/lease.js';
import { AlertEntity } from './alert.entity.js';
import { keepFirst, keepHits, seen, takeUntold, unseen } from './alert.store.js';
import { AlertFinder } from './alert-finder.service.js';

/** Subjects that are held against the saved searches at once. */
const BATCH = 200;
const POLL_MS = 200;
/** Without the search engine there is no first look; it is asked again after so long. */
const AWAY_MS = 1000;
/** While more waits to be looked at, as in an import, what is found is gathered so long and told together. */
const GATHER_MS = 60_000;
/** An event names so many of what was found; how many there are in all it says in any case. */
const NAMED = 100;

/** Holds what has become searchable against the saved searches, and tells of what is new. The rhythm in which its owner hears of it is that of the notices. One at a time in the whole installation. */
@Injectable()
export class Alerter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly lease: Lease;

  constructor(
    private readonly dataSource: DataSource,
    private readonly finder: AlertFinder,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {
    this.lease = new Lease(dataSource, 'alerter');
  }

  onApplicationBootstrap(): void {
    this.lease.start((hold) => this.work(hold));
  }

  async onModuleDestroy(): Promise<void> {
    await this.lease.stop();
  }

  private async work(hold: Hold): Promise<void> {
    for (let away = 0; !this.lease.signal.aborted; ) {
      if (Date.now() >= away) away = (await this.begin(hold)) ? 0 : Date.now() + AWAY_MS;
      // A search without its first look would be told of what was there all along.
      const looked = away === 0 && (await this.look(hold));
      const told = await this.tellDue(hold, looked ? GATHER_MS : 0);
      if (!looked && !told) await pause(POLL_MS, undefined, { signal: this.lease.signal }).catch(() => undefined);
    }
  }

  /** Notes for searches that were saved without the search engine what is there already. Answers whether all have that. */
  private async begin(hold: Hold): Promise<boolean> {
    const waiting = await this.dataSource.manager.find(AlertEntity, { where: { pending: true }, order: { id: 'ASC' } });
    for (const alert of waiting) {
      const now = this.clock.now();
      const known = await this.finder.known(alert, now).catch((error: unknown) => {
        // Whose owner has gone meanwhile finds nothing.
        if (error instanceof Problem) return { best: 0, found: [] };
        throw error;
      });
      if (!known) return false;
      await this.dataSource.transaction(async (manager) => {
        await hold.guard(manager);
        await keepFirst(manager, alert, known, now);
      });
    }
    return true;
  }

  private async look(hold: Hold): Promise<boolean> {
    const subjects = await unseen(this.dataSource.manager, BATCH);
    if (subjects.length === 0) return false;
    const now = this.clock.now();
    const found = await this.finder.among(subjects, now);
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      for (const hits of found) await keepHits(manager, hits, now);
      await seen(manager, subjects);
    });
    return true;
  }

  private async tellDue(hold: Hold, gatherMs: number): Promise<boolean> {
    const now = this.clock.now();
    const due = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM alert WHERE due_at <= $1 ORDER BY due_at LIMIT 100',
      [new Date(now.getTime() - gatherMs)],
    );
    for (const { id } of due) await this.tell(id, hold, now);
    return due.length > 0;
  }

  /** What is told and that it was told are one transaction: nothing is told twice. */
  private async tell(id: string, hold: Hold, now: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      const alert = await manager.findOne(AlertEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!alert) return;
      const ids = await takeUntold(manager, alert, now);
      await manager.update(AlertEntity, { id }, { dueAt: null });
      if (ids.length === 0) return;
      const { ownerKind, ownerId, revision, seek } = alert;
      await this.outbox.add(manager, alertMatched, {
        aggregateId: id,
        data: {
          ...{ alertId: id, ownerKind, ownerId, revision, subjectType: SOUGHT_TYPES[seek] },
          ...{ subjectIds: ids.slice(0, NAMED), hits: ids.length },
        },
      });
    });
  }
}

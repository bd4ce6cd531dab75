import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type OpportunityFacts, opportunitiesRpc } from '#libs/contracts';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { type Hold, Lease } from '../index/lease.js';
import { type MatchJob, MatchJobs } from './match-jobs.service.js';
import { Picker } from './picker.service.js';
import { SuggestionStore } from './suggestion.store.js';

const AT_ONCE = 6;
const POLL_MS = 200;
/** After so many failures in a row somebody should look. */
const WORRYING = 8;

/** Makes the stored suggestions: takes jobs, asks for the opportunity as it is now, matches it and stores the best. */
@Injectable()
export class Matcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Matcher.name);
  private readonly lease: Lease;
  private wake = new AbortController();

  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: MatchJobs,
    private readonly picker: Picker,
    private readonly suggestions: SuggestionStore,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {
    this.lease = new Lease(dataSource, 'matcher');
    jobs.onAdded(() => this.wake.abort());
  }

  onApplicationBootstrap(): void {
    this.lease.start((hold) => this.work(hold));
  }

  async onModuleDestroy(): Promise<void> {
    await this.lease.stop();
  }

  private async work(hold: Hold): Promise<void> {
    while (!this.lease.signal.aborted) {
      this.wake = new AbortController();
      const jobs = await this.jobs.due(this.dataSource.manager, AT_ONCE);
      if (jobs.length > 0) await this.run(jobs, hold);
      else
        await pause(POLL_MS, undefined, { signal: AbortSignal.any([this.wake.signal, this.lease.signal]) }).catch(
          () => undefined,
        );
    }
  }

  private async run(jobs: MatchJob[], hold: Hold): Promise<void> {
    let facts: OpportunityFacts[];
    try {
      facts = await this.rpc.fetchAll(
        opportunitiesRpc.facts,
        jobs.map((job) => job.opportunityId),
        serviceContext('matching'),
      );
    } catch (error) {
      this.logger.warn(`Opportunities cannot be asked for: ${error instanceof Error ? error.message : String(error)}`);
      for (const job of jobs) await this.jobs.retryLater(this.dataSource.manager, job);
      return;
    }
    await Promise.all(
      jobs.map((job) =>
        this.one(
          job,
          facts.find((one) => one.id === job.opportunityId),
          hold,
        ),
      ),
    );
  }

  private async one(job: MatchJob, facts: OpportunityFacts | undefined, hold: Hold): Promise<void> {
    try {
      const now = this.clock.now();
      const stands = facts?.state === 'published' && (!facts.expiresAt || Date.parse(facts.expiresAt) > now.getTime());
      if (facts && stands && facts.openForInterest)
        await this.suggestions.store(job, facts, await this.picker.pick(facts, now), hold, now);
      // Closed since: its own event takes back what was suggested.
      else await this.jobs.finish(this.dataSource.manager, job);
    } catch (error) {
      const message = `Matching opportunity ${job.opportunityId} failed: ${error instanceof Error ? error.message : String(error)}`;
      if (job.attempts === WORRYING) this.logger.error(message);
      else this.logger.warn(message);
      await this.jobs.retryLater(this.dataSource.manager, job);
    }
  }
}

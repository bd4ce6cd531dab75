import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EventNats, MessagingOptions } from './nats.js';
import { describeDrift } from './topology.js';

/** An event that waits longer than this for its publication makes the service not ready, in seconds. */
const OLDEST_UNSENT_S = 60;
const CACHE_MS = 1000;

export interface ReadinessReport {
  ok: boolean;
  problems: string[];
}

/** What `/health/ready` says about messaging: NATS, the service's stream and durables, the outbox. */
@Injectable()
export class MessagingReadiness {
  private cached?: { until: number; report: Promise<ReadinessReport> };

  constructor(
    private readonly dataSource: DataSource,
    private readonly nats: EventNats,
    private readonly options: MessagingOptions,
  ) {}

  /** Looks at most once a second, however often it is asked. Never throws. */
  readiness(): Promise<ReadinessReport> {
    if (!this.cached || this.cached.until < Date.now())
      this.cached = { until: Date.now() + CACHE_MS, report: this.look() };
    return this.cached.report;
  }

  private async look(): Promise<ReadinessReport> {
    const problems = (await Promise.all([this.broker(), this.outbox()])).flat();
    return { ok: problems.length === 0, problems };
  }

  private async broker(): Promise<string[]> {
    if (!this.nats.connected) return ['NATS is not connected'];
    try {
      return (await this.nats.drift(this.options.service)).map(describeDrift);
    } catch (error) {
      return [`NATS does not answer: ${(error as Error).message}`];
    }
  }

  private async outbox(): Promise<string[]> {
    try {
      const [row] = await this.dataSource.query<{ age: number | null }[]>(
        `SELECT extract(epoch FROM now() - min(created_at))::float AS age FROM outbox WHERE sent_at IS NULL`,
      );
      const age = row?.age ?? 0;
      return age > OLDEST_UNSENT_S ? [`the oldest event has waited ${Math.round(age)} s in the outbox`] : [];
    } catch (error) {
      return [`the database does not answer: ${(error as Error).message}`];
    }
  }
}

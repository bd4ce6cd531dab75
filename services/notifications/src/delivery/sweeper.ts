import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#libs/service';

const EVERY_MS = 3_600_000;
const BATCH = 5000;

/** What is deleted when, and why it was kept so long. */
const RETENTION = [
  // Long enough to answer whoever asks what became of a mail.
  { table: 'delivery', where: `state <> 'pending' AND coalesce(sent_at, created_at)`, days: 90 },
  // Long after the opportunity of which most of them tell is archived. Their deliveries go with them.
  { table: 'notice', where: 'created_at', days: 730 },
  // Mails are read late, and a link that no longer switches anything off makes people angry.
  { table: 'unsubscribe_token', where: 'created_at', days: 365 },
] as const;

/** Deletes what nobody asks for any more. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sweeper');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(
      () => void this.sweep().catch((error: Error) => this.logger.warn(`Sweeping waits: ${error.message}`)),
      EVERY_MS,
    );
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Deletes what is old enough, in small transactions; answers with the number of rows. */
  async sweep(): Promise<number> {
    let total = 0;
    for (const { table, where, days } of RETENTION) {
      const before = new Date(this.clock.now().getTime() - days * 86_400_000);
      for (let count = BATCH; count === BATCH; ) {
        const [, deleted] = await this.dataSource.query<[unknown, number]>(
          `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${where} < $1 LIMIT ${BATCH})`,
          [before],
        );
        count = deleted;
        total += deleted;
      }
    }
    return total;
  }
}

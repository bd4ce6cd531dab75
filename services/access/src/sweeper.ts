import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#libs/service';

const EVERY_MS = 3_600_000;

/** What is deleted when. Consents stay while the firm or expert does, the audit log and the records of erasures for ever: they name nobody. */
const RETENTION = [
  { table: 'invitation', column: 'coalesce(used_at, expires_at)', days: 30 },
  { table: 'claim', column: 'decided_at', days: 365 },
  // Long enough to find out what a key was that still knocks.
  { table: 'api_key', column: 'least(revoked_at, expires_at)', days: 365 },
] as const;

/** Deletes what nobody asks for any more. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sweeper');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly db: DataSource,
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

  /** Deletes what is old enough; answers with the number of rows. */
  async sweep(): Promise<number> {
    let total = 0;
    for (const { table, column, days } of RETENTION) {
      const before = new Date(this.clock.now().getTime() - days * 86_400_000);
      const [, deleted] = await this.db.query<[unknown, number]>(`DELETE FROM ${table} WHERE ${column} < $1`, [before]);
      total += deleted;
    }
    return total;
  }
}

import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Outbox } from '#libs/messaging';
import { announceClosed } from './announcement.js';
import type { Opportunity } from './opportunity.entity.js';

const HOUR = 60 * 60 * 1000;
/** Rows a transaction: few enough to keep it short. */
const BATCH = 500;

type Ended = Pick<Opportunity, 'id' | 'companyId' | 'revision'> & { wasPublic: boolean };

/** Ends what the calendar ends: validity after its 365 days, the expired are archived two years after, the archived go after two more. */
@Injectable()
export class OpportunityExpiryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Expiry');
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;

  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    const tick = () => {
      this.running = this.run(new Date()).catch((error: Error) => {
        // The next hour tries again; a database that is away says so elsewhere.
        this.logger.warn(`Opportunities were not expired this hour: ${error.message}`);
      });
    };
    this.timer = setInterval(tick, HOUR).unref();
    tick();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Does what is due at `now`. Two copies of the service may run it at once: each row is taken by one of them. */
  async run(now: Date): Promise<void> {
    while ((await this.expire(now)) === BATCH);
    while ((await this.archive(now)) === BATCH);
    while ((await this.remove(now)) === BATCH);
  }

  private expire(now: Date): Promise<number> {
    return this.db.transaction(async (manager) => {
      const [ended] = await manager.query<[Ended[], number]>(
        `UPDATE opportunity o SET state = 'expired', state_since = $1, updated_at = $1, revision = o.revision + 1
         FROM (SELECT id, state FROM opportunity WHERE state IN ('published', 'on-hold') AND expires_at <= $1
               ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) AS due
         WHERE o.id = due.id
         RETURNING o.id, o.company_id AS "companyId", o.revision, due.state = 'published' AS "wasPublic"`,
        [now],
      );
      const closed = ended.filter(({ wasPublic }) => wasPublic);
      await announceClosed(manager, this.outbox, closed, 'expired');
      return ended.length;
    });
  }

  // Nothing public ends here, so nobody is told.
  private async archive(now: Date): Promise<number> {
    const [, count] = await this.db.query<[unknown, number]>(
      `UPDATE opportunity SET state = 'archived', state_since = $1, updated_at = $1, revision = revision + 1
       WHERE id IN (SELECT id FROM opportunity WHERE state = 'expired' AND state_since <= $1::timestamptz - interval '2 years'
                    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
      [now],
    );
    return count;
  }

  private async remove(now: Date): Promise<number> {
    const [, count] = await this.db.query<[unknown, number]>(
      `DELETE FROM opportunity
       WHERE id IN (SELECT id FROM opportunity WHERE state = 'archived' AND state_since <= $1::timestamptz - interval '2 years'
                    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
      [now],
    );
    return count;
  }
}

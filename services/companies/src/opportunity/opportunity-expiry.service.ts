import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Outbox } from '#libs/messaging';
import { Clock } from '#libs/service';
import { announceClosed, announceEnding } from './announcement.js';
import { LAST_WARNING, LONG_WARNING } from './life-cycle.js';
import type { Opportunity } from './opportunity.entity.js';

const HOUR = 60 * 60 * 1000;
/** Rows a transaction: few enough to keep it short. */
const BATCH = 500;

type Ended = Pick<Opportunity, 'id' | 'companyId' | 'anonymous' | 'revision'> & { wasPublic: boolean };
type Ending = Pick<Opportunity, 'id' | 'companyId' | 'anonymous' | 'revision'> & { expiresAt: Date };

/** The last warning first: who is told of seven days need not hear of thirty. */
const WARNINGS = [LAST_WARNING, LONG_WARNING];

/** Ends what the calendar ends: validity after its days, the expired are archived two years after, the archived go after two more. */
@Injectable()
export class OpportunityExpiryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Expiry');
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;

  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const tick = () => {
      this.running = this.run(this.clock.now()).catch((error: Error) => {
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
    for (const days of WARNINGS) while ((await this.warn(now, days)) === BATCH);
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
         RETURNING o.id, o.company_id AS "companyId", o.anonymous, o.revision, due.state = 'published' AS "wasPublic"`,
        [now],
      );
      const closed = ended.filter(({ wasPublic }) => wasPublic);
      await announceClosed(manager, this.outbox, closed, 'expired');
      return ended.length;
    });
  }

  // Nobody sees a difference, so the revision stays.
  private warn(now: Date, days: number): Promise<number> {
    return this.db.transaction(async (manager) => {
      const [ending] = await manager.query<[Ending[], number]>(
        `UPDATE opportunity o SET end_told = $2
         FROM (SELECT id FROM opportunity WHERE state = 'published' AND expires_at > $1 AND expires_at <= $1::timestamptz + $2 * interval '1 day'
                 AND (end_told IS NULL OR end_told > $2) ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) AS due
         WHERE o.id = due.id
         RETURNING o.id, o.company_id AS "companyId", o.anonymous, o.revision, o.expires_at AS "expiresAt"`,
        [now, days],
      );
      await announceEnding(manager, this.outbox, ending, days);
      return ending.length;
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

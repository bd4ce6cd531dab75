import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#libs/service';
import { OPEN } from '../interest/transitions.js';

const EVERY_MS = 3_600_000;
/** As long as an archived opportunity is kept. */
const NOTES_DAYS = 730;

/** Deletes what people wrote into interests that ended long ago. How they ended stays, for the figures of the network. */
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

  /** Deletes the notes that are old enough; answers with the number of interests. */
  async sweep(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - NOTES_DAYS * 86_400_000);
    const [, swept] = await this.db.query<[unknown, number]>(
      `UPDATE interest SET note = NULL, answer_note = NULL
       WHERE (note IS NOT NULL OR answer_note IS NOT NULL) AND state <> ALL($1) AND greatest(created_at, answered_at, closed_at) < $2`,
      [OPEN, before],
    );
    return swept;
  }
}

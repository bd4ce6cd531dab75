import {
  type BeforeApplicationShutdown,
  type FactoryProvider,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Retention, sweep } from '#libs/messaging';
import { Clock } from './clock.js';

const EVERY_MS = 3_600_000;

/** Deletes every hour what nobody asks for any more, by the service's own rules. */
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sweeper');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly rules: readonly Retention[],
  ) {}

  /** The provider of a service that keeps its tables by these rules. */
  static by(rules: readonly Retention[]): FactoryProvider<Sweeper> {
    return {
      provide: Sweeper,
      inject: [DataSource, Clock],
      useFactory: (db: DataSource, clock: Clock) => new Sweeper(db, clock, rules),
    };
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(
      () => void this.sweep().catch((error: Error) => this.logger.warn(`Sweeping waits: ${error.message}`)),
      EVERY_MS,
    );
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Deletes what is old enough by the service's clock; answers with the number of rows. */
  sweep(): Promise<number> {
    return sweep(this.db, this.rules, this.clock.now());
  }
}

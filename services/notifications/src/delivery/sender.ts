import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntitySubscriberInterface } from 'typeorm';
import { Clock } from '#libs/service';
import type { Channel } from '../channel/channel.js';
import { Channels } from '../channel/channels.js';
import { DeliveryService } from './delivery.service.js';

const POLL_MS = 1000;
/** The rest is taken up again when the lease of its sender has run out. */
const STOP_MS = 8000;

/** Sends what is due, each channel in a loop of its own: a slow mail server must not hold up the others. At least once, never surely only once. */
@Injectable()
export class Sender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sender');
  private stopping = false;
  private wakers: (() => void)[] = [];
  private loops: Promise<void>[] = [];

  constructor(
    private readonly deliveries: DeliveryService,
    private readonly channels: Channels,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.dataSource.subscribers.push(new DeliveryWaker(() => this.wake()));
    this.loops = this.channels.all.map((channel) => this.run(channel));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([Promise.all(this.loops), late]);
    clearTimeout(timer);
  }

  /** Sends one batch of a channel; answers how many deliveries were due. */
  async sendDue(channel: Channel, now: Date): Promise<number> {
    const claim = await this.deliveries.claim(channel, now);
    if (claim.letters.length > 0) {
      await channel.deliver(claim.letters, (id, outcome) => this.deliveries.settle(claim, id, outcome, now));
    }
    return claim.found;
  }

  private async run(channel: Channel): Promise<void> {
    let woken = false;
    let end: (() => void) | undefined;
    this.wakers.push(() => {
      woken = true;
      end?.();
    });
    while (!this.stopping) {
      woken = false;
      const found = await this.sendDue(channel, this.clock.now()).catch((error: Error) => {
        this.logger.warn(`${channel.name}: ${error.name} while sending; the letters stay due`);
        return 0;
      });
      if (found > 0 || woken || this.stopping) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      end = undefined;
    }
  }

  private wake(): void {
    for (const waker of this.wakers) waker();
  }
}

/** Hears of commits that added deliveries. Before the commit nobody could see the rows. */
class DeliveryWaker implements EntitySubscriberInterface {
  constructor(private readonly wake: () => void) {}

  afterTransactionCommit({ queryRunner }: { queryRunner: { data: Record<string, unknown> } }): void {
    if (!queryRunner.data.deliveriesAdded) return;
    queryRunner.data.deliveriesAdded = false;
    this.wake();
  }
}

import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '#libs/service';
import { CONFIG, type Config } from '../config.js';
import { messageOf, pingOf, signedHeaders } from './message.js';
import { post } from './post.js';
import { reachOf } from './reach.js';
import { type ClaimedMessage, WebhookDeliveries } from './webhook-deliveries.service.js';
import { type Outcome, WebhookOutcomes } from './webhook-outcomes.service.js';

/** Messages under way at once, to all endpoints together. */
const AT_ONCE = 16;
const POLL_MS = 1000;
const SWEEP_MS = 3_600_000;
/** The rest is taken up again when the claims of this sender have run out. */
const STOP_MS = 8000;

/** Posts what is due. At least once, never surely only once: the `webhook-id` tells a receiver what it has already. */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  private readonly underWay = new Map<string, number>();
  private readonly posts = new Set<Promise<void>>();
  private loop: Promise<void> = Promise.resolve();
  private stopping = false;
  private woken = false;
  private end?: () => void;

  constructor(
    private readonly deliveries: WebhookDeliveries,
    private readonly outcomes: WebhookOutcomes,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([this.loop.then(() => Promise.all(this.posts)), late]);
    clearTimeout(timer);
  }

  /** Looks for due messages now rather than at the next beat. */
  wake(): void {
    this.woken = true;
    this.end?.();
  }

  /** Takes what is due and there is room for, and begins to post it; answers how many. */
  async begin(now: Date): Promise<number> {
    const messages = await this.deliveries.claim(this.underWay, AT_ONCE - this.posts.size, now);
    for (const message of messages) this.launch(message);
    return messages.length;
  }

  /** Resolves when what was begun has ended. */
  async finish(): Promise<void> {
    await Promise.all(this.posts);
  }

  private async run(): Promise<void> {
    let swept = 0;
    while (!this.stopping) {
      this.woken = false;
      if (this.posts.size < AT_ONCE)
        await this.begin(this.clock.now()).catch((error: Error) =>
          this.logger.warn(`${error.name} while looking for what is due; it stays due`),
        );
      if (Date.now() - swept > SWEEP_MS) {
        swept = Date.now();
        await this.deliveries.sweep(this.clock.now()).catch(() => undefined);
      }
      if (!this.woken && !this.stopping) await this.nap();
    }
  }

  private async nap(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.end = undefined;
  }

  private launch(message: ClaimedMessage): void {
    const { id } = message.webhook;
    this.underWay.set(id, (this.underWay.get(id) ?? 0) + 1);
    const posting = this.send(message)
      // Not written down: the claim runs out and it is sent again under the same id.
      .catch((error: Error) => this.logger.warn(`${error.name} while settling a message; it is sent again`))
      .finally(() => {
        this.posts.delete(posting);
        const left = (this.underWay.get(id) ?? 1) - 1;
        if (left > 0) this.underWay.set(id, left);
        else this.underWay.delete(id);
        this.wake();
      });
    this.posts.add(posting);
  }

  private async send(message: ClaimedMessage): Promise<void> {
    const outcome = await this.post(message);
    await this.outcomes.settle(message, outcome, this.clock.now(), Math.random());
  }

  private async post({ delivery, webhook, notice }: ClaimedMessage): Promise<Outcome> {
    if (notice?.closedAt) return { state: 'cancelled', reason: 'called-off' };
    const body = JSON.stringify(notice ? messageOf(notice) : pingOf(webhook.id, delivery.createdAt));
    const stillSigns = webhook.previousUntil && webhook.previousUntil > this.clock.now();
    const secrets = stillSigns ? [webhook.secret, webhook.previousSecret!] : [webhook.secret];
    // Signed with the machine's time, whatever the service's clock is set to: receivers compare it with theirs.
    return post(webhook.url, signedHeaders(delivery.id, new Date(), body, secrets), body, reachOf(this.config));
  }
}

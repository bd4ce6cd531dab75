import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { accessRpc, companiesRpc } from '#libs/contracts';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { Mailer } from '../channel/mailer.js';
import { CONFIG, type Config } from '../config.js';
import { pauseAfter } from '../delivery/pause.js';
import { claimMail } from './claim-mail.js';

const POLL_MS = 2000;
const LEASE_MS = 60_000;
const AT_ONCE = 5;

interface Row {
  id: string;
  claim_id: string;
  attempts: number;
}
type Outcome = { state: 'sent' } | { state: 'failed' | 'cancelled' | 'retry'; reason: string };

/** Sends the mails about claims. They wait for no quiet hours: somebody is waiting for the code. */
@Injectable()
export class ClaimLetterSender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ClaimLetters');
  private timer?: NodeJS.Timeout;
  private round: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly rpc: RpcClient,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /** Sends what is due; a letter whose sender dies is due again when its lease has run out. */
  async sendDue(now: Date): Promise<void> {
    const [rows] = await this.dataSource.query<[Row[], number]>(
      `UPDATE claim_letter SET attempts = attempts + 1, next_at = $1::timestamptz + $2 * interval '1 millisecond'
       WHERE id IN (SELECT id FROM claim_letter WHERE state = 'pending' AND next_at <= $1 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, claim_id, attempts`,
      [now, LEASE_MS, AT_ONCE],
    );
    await Promise.all(rows.map(async (row) => this.settle(row, await this.send(row), now)));
  }

  private next(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.round = this.sendDue(this.clock.now())
        .catch((error: Error) => this.logger.warn(`${error.name} while sending; the letters stay due`))
        .finally(() => this.next());
    }, POLL_MS);
  }

  private async send({ id, claim_id }: Row): Promise<Outcome> {
    const own = serviceContext('notifications');
    try {
      const { letter } = await this.rpc.call(accessRpc.claimLetter, { id: claim_id }, own);
      if (!letter) return { state: 'cancelled', reason: 'decided' };
      const { items } = await this.rpc.call(companiesRpc.registerAddresses, { ids: [letter.companyId] }, own);
      const [address] = items;
      if (!address?.email) return { state: 'cancelled', reason: 'no-address' };
      const email = await claimMail(address, letter, this.config.PUBLIC_URL);
      return await this.mailer.send(id, {
        ...email,
        to: { name: address.name, address: address.email },
        headers: { 'Content-Language': address.lang },
      });
    } catch {
      return { state: 'retry', reason: 'owner-away' };
    }
  }

  /** Whoever took the letter in the meantime settles it. */
  private async settle({ id, attempts }: Row, outcome: Outcome, now: Date): Promise<void> {
    const again = outcome.state === 'retry';
    await this.dataSource.query(
      `UPDATE claim_letter SET state = $3, last_error = $4, next_at = $5, sent_at = CASE WHEN $3 = 'sent' THEN $6::timestamptz END
       WHERE id = $1 AND attempts = $2 AND state = 'pending'`,
      [
        id,
        attempts,
        again ? 'pending' : outcome.state,
        'reason' in outcome ? outcome.reason : null,
        new Date(now.getTime() + (again ? pauseAfter(attempts) : 0)),
        now,
      ],
    );
  }
}

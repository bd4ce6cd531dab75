import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import type { Channel, Letter, Outcome } from '../channel/channel.js';
import { NoticeEntity } from '../notice/notice.entity.js';
import { isGivenUp, pauseAfter } from './pause.js';

const HOUR_MS = 3_600_000;
/** Longer than the slowest batch; a sender that is silent for this long is taken for dead. */
const LEASE_MS = 180_000;
const BATCH = 20;

interface Claimed {
  id: string;
  notice_id: string;
  recipient_id: string;
  attempts: number;
  created_at: Date;
}

/** Letters that one sender holds for a while, and nobody else. */
export interface Claim {
  token: string;
  letters: Letter[];
  /** Letters found due, including those put off by the recipient's cap: zero means that nothing is left to do. */
  found: number;
  rows: Map<string, Claimed>;
}

/** The delivery rows: who sends what, and what became of it. Any number of senders may work on them at once. */
@Injectable()
export class DeliveryService {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes the next due letters of a channel. Attempts are counted here, so that one that kills its sender is counted too. */
  async claim(channel: Channel, now: Date): Promise<Claim> {
    const token = uuidv4();
    return this.dataSource.transaction(async (manager) => {
      const [due] = await manager.query<[Claimed[], number]>(
        `UPDATE delivery SET token = $2, claimed_until = $3, attempts = attempts + 1
         WHERE id IN (
           SELECT id FROM delivery
           WHERE channel = $1 AND state = 'pending' AND next_at <= $4 AND (claimed_until IS NULL OR claimed_until <= $4)
           ORDER BY next_at, id LIMIT $5 FOR UPDATE SKIP LOCKED)
         RETURNING id, notice_id, recipient_id, attempts, created_at`,
        [channel.name, token, new Date(now.getTime() + LEASE_MS), now, BATCH],
      );
      const go = Number.isFinite(channel.perHour) ? await this.withinCap(manager, channel, due, token, now) : due;
      const notices = await manager.findBy(NoticeEntity, { id: In(go.map((row) => row.notice_id)) });
      const byId = new Map(notices.map((notice) => [notice.id, notice]));
      return {
        token,
        letters: go.map((row) => ({ deliveryId: row.id, notice: byId.get(row.notice_id)! })),
        found: due.length,
        rows: new Map(go.map((row) => [row.id, row])),
      };
    });
  }

  /** Writes down what became of a letter, unless the claim was lost meanwhile. */
  async settle({ token, rows }: Claim, deliveryId: string, outcome: Outcome, now: Date): Promise<void> {
    const row = rows.get(deliveryId);
    if (!row) return;
    const result = outcome.state === 'retry' && isGivenUp(row.created_at, now) ? givenUp(outcome.reason) : outcome;
    const release = 'claimed_until = NULL, token = NULL';
    if (result.state === 'sent') {
      // Also where it was called off while it was on its way: it did go out.
      await this.dataSource.query(
        `UPDATE delivery SET state = 'sent', sent_at = $3, last_error = NULL, ${release} WHERE id = $1 AND token = $2`,
        [deliveryId, token, now],
      );
    } else if (result.state === 'retry') {
      await this.dataSource.query(
        `UPDATE delivery SET next_at = $3, last_error = $4, ${release} WHERE id = $1 AND token = $2`,
        [deliveryId, token, new Date(now.getTime() + pauseAfter(row.attempts)), result.reason],
      );
    } else {
      await this.dataSource.query(
        `UPDATE delivery SET state = $3, last_error = $4, ${release} WHERE id = $1 AND token = $2 AND state = 'pending'`,
        [deliveryId, token, result.state, result.reason],
      );
    }
  }

  /**
   * Of the claimed letters those that their recipient may still get within the hour; the others, and all that wait behind them, are put off
   * until the hour's oldest has left the count. Senders that claim at the same moment may each grant the last place: a cap of twenty may once be twenty-one.
   */
  private async withinCap(
    manager: EntityManager,
    channel: Channel,
    due: Claimed[],
    token: string,
    now: Date,
  ): Promise<Claimed[]> {
    const recipients = [...new Set(due.map((row) => row.recipient_id))];
    const counted = await manager.query<{ recipient_id: string; used: number; oldest: Date }[]>(
      `SELECT recipient_id, count(*)::int AS used, min(coalesce(sent_at, $4)) AS oldest FROM delivery
       WHERE channel = $1 AND recipient_id = ANY($2::uuid[])
         AND ((state = 'sent' AND sent_at > $3) OR (state = 'pending' AND claimed_until > $4 AND token <> $5))
       GROUP BY recipient_id`,
      [channel.name, recipients, new Date(now.getTime() - HOUR_MS), now, token],
    );
    const used = new Map(counted.map((row) => [row.recipient_id, row]));
    const go: Claimed[] = [];
    for (const [recipientId, rows] of Map.groupBy(due, (row) => row.recipient_id)) {
      const free = Math.max(0, channel.perHour - (used.get(recipientId)?.used ?? 0));
      go.push(...rows.slice(0, free));
      if (rows.length <= free) continue;
      const oldest = used.get(recipientId)?.oldest ?? now;
      const freeAt = new Date(Math.max(oldest.getTime(), now.getTime() - HOUR_MS) + HOUR_MS + 1);
      const held = rows.slice(free).map((row) => row.id);
      await manager.query(
        `UPDATE delivery SET next_at = $3, claimed_until = NULL, token = NULL,
           attempts = CASE WHEN id = ANY($4::uuid[]) THEN attempts - 1 ELSE attempts END
         WHERE id IN (
           SELECT id FROM delivery
           WHERE channel = $1 AND recipient_id = $2 AND state = 'pending' AND next_at < $3
             AND (id = ANY($4::uuid[]) OR claimed_until IS NULL) FOR UPDATE SKIP LOCKED)`,
        [channel.name, recipientId, freeAt, held],
      );
    }
    return go;
  }
}

const givenUp = (reason: string): Outcome => ({ state: 'failed', reason: `given up: ${reason}` });

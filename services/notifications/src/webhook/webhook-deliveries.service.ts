import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { WebhookDelivery, webhooksRpc } from '#libs/contracts';
import { cursorAfter, idOfCursor } from '#libs/records';
import { NoticeEntity } from '../notice/notice.entity.js';
import { PING, typeOf } from './message.js';
import { WebhookDeliveryEntity, WebhookEntity } from './webhook.entity.js';

/** Longer than a post can take; a sender that is silent for this long is taken for dead. */
const LEASE_MS = 60_000;
const ROWS_MAX = 5000;
const KEEP_MS = 90 * 86_400_000;

type Query = Omit<z.output<typeof webhooksRpc.deliveries.request>, 'id'>;

/** A message that one sender holds for a while, and nobody else. `notice` is null for a ping. */
export interface ClaimedMessage {
  delivery: WebhookDeliveryEntity;
  webhook: WebhookEntity;
  notice: NoticeEntity | null;
}

/** The messages: which there are, who sends them, and what became of each. */
@Injectable()
export class WebhookDeliveries {
  constructor(private readonly dataSource: DataSource) {}

  /** Writes a message for each endpoint that wants to hear of a notice; answers with the notices that somebody hears of. Repeating it adds nothing. */
  async handOver(noticeIds: string[], now: Date): Promise<Set<string>> {
    return this.dataSource.transaction(async (manager) => {
      const wanted = await manager.query<Wanted[]>(
        `SELECT w.id AS webhook_id, n.id AS notice_id, n.kind FROM notice n
         JOIN webhook w ON w.state = 'enabled' AND (w.kinds IS NULL OR n.kind = ANY(w.kinds))
           AND (w.owner_kind = 'platform' OR (w.owner_kind = n.recipient_kind AND w.owner_id = n.recipient_id))
         WHERE n.id = ANY($1::uuid[]) ORDER BY n.created_at, n.id, w.id`,
        [noticeIds],
      );
      // A notice that was called off and is open again is sent after all.
      await enqueue(manager, wanted, now, `webhook_delivery.state = 'cancelled'`);
      return new Set(wanted.map((row) => row.notice_id));
    });
  }

  /** Queues every notice since a moment for one endpoint once more; answers how many. */
  async replay(manager: EntityManager, webhookId: string, since: Date, now: Date): Promise<number> {
    const wanted = await manager.query<Wanted[]>(
      `SELECT w.id AS webhook_id, n.id AS notice_id, n.kind FROM webhook w
       JOIN notice n ON n.created_at >= $2 AND n.closed_at IS NULL AND NOT n.muted AND (w.kinds IS NULL OR n.kind = ANY(w.kinds))
         AND (w.owner_kind = 'platform' OR (w.owner_kind = n.recipient_kind AND w.owner_id = n.recipient_id))
       WHERE w.id = $1 ORDER BY n.created_at, n.id`,
      [webhookId, since],
    );
    const free = `(webhook_delivery.claimed_until IS NULL OR webhook_delivery.claimed_until <= EXCLUDED.next_at)`;
    return enqueue(manager, wanted, now, free);
  }

  /** Queues a ping, which also ends the rest that a failing endpoint is given. */
  async ping(manager: EntityManager, webhookId: string, now: Date): Promise<WebhookDelivery> {
    const id = uuidv7();
    await manager.query(
      `INSERT INTO webhook_delivery (id, webhook_id, type, next_at, created_at) VALUES ($1, $2, $3, $4, $4)`,
      [id, webhookId, PING, now],
    );
    await manager.query(`UPDATE webhook SET rest_until = NULL WHERE id = $1`, [webhookId]);
    return shown(await manager.findOneByOrFail(WebhookDeliveryEntity, { id }));
  }

  /**
   * Takes due messages: of each endpoint at most two that are under way at once, one while it fails, and endpoints that work come first, so
   * that a slow one holds up nobody but itself. `underWay` says how many of which endpoint this sender holds already.
   */
  async claim(underWay: Map<string, number>, limit: number, now: Date): Promise<ClaimedMessage[]> {
    const token = uuidv4();
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `WITH due AS (
         SELECT d.id FROM webhook w
         LEFT JOIN unnest($1::uuid[], $2::int[]) AS busy (id, n) ON busy.id = w.id
         CROSS JOIN LATERAL (
           SELECT id FROM webhook_delivery
           WHERE webhook_id = w.id AND state = 'pending' AND next_at <= $3 AND (claimed_until IS NULL OR claimed_until <= $3)
           ORDER BY next_at, id
           LIMIT greatest(0, CASE WHEN w.failures > 0 THEN 1 ELSE 2 END - coalesce(busy.n, 0))
           FOR UPDATE SKIP LOCKED) d
         WHERE w.state = 'enabled' AND (w.rest_until IS NULL OR w.rest_until <= $3)
         ORDER BY w.failures LIMIT $4)
       UPDATE webhook_delivery SET token = $5, claimed_until = $6, attempts = attempts + 1
       FROM due WHERE webhook_delivery.id = due.id RETURNING webhook_delivery.id`,
      [[...underWay.keys()], [...underWay.values()], now, limit, token, new Date(now.getTime() + LEASE_MS)],
    );
    if (rows.length === 0) return [];
    const { manager } = this.dataSource;
    const deliveries = await manager.findBy(WebhookDeliveryEntity, { id: In(rows.map((row) => row.id)) });
    const [webhooks, notices] = await Promise.all([
      manager.findBy(WebhookEntity, { id: In(deliveries.map((one) => one.webhookId)) }),
      manager.findBy(NoticeEntity, { id: In(deliveries.flatMap((one) => one.noticeId ?? [])) }),
    ]);
    // What was erased between the two looks is no longer there to be sent.
    return deliveries.flatMap((delivery) => {
      const webhook = webhooks.find((one) => one.id === delivery.webhookId);
      const notice = notices.find((one) => one.id === delivery.noticeId) ?? null;
      return webhook && (notice || !delivery.noticeId) ? { delivery, webhook, notice } : [];
    });
  }

  /** The messages to one endpoint, newest first. */
  async list(webhookId: string, query: Query) {
    const cursor = idOfCursor(query.cursor);
    const list = this.dataSource.manager
      .createQueryBuilder(WebhookDeliveryEntity, 'd')
      .where('d.webhook_id = :webhookId', { webhookId })
      .orderBy('d.id', 'DESC')
      .limit(query.limit + 1);
    if (cursor !== undefined) list.andWhere('d.id < :cursor', { cursor });
    if (query.state !== undefined) list.andWhere('d.state = :state', { state: query.state });
    const rows = await list.getMany();
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(shown), nextCursor: last && rows.length > page.length ? cursorAfter(last.id) : null };
  }

  /** Deletes what was finished long ago. */
  async sweep(now: Date): Promise<void> {
    await this.dataSource.query(`DELETE FROM webhook_delivery WHERE state <> 'pending' AND created_at < $1`, [
      new Date(now.getTime() - KEEP_MS),
    ]);
  }
}

interface Wanted {
  webhook_id: string;
  notice_id: string;
  kind: string;
}

/** One row for each pair, or the row there is set back to the start where `again` (SQL) says so; answers how many will be sent. */
async function enqueue(manager: EntityManager, wanted: Wanted[], now: Date, again: string): Promise<number> {
  let queued = 0;
  for (let from = 0; from < wanted.length; from += ROWS_MAX) {
    const part = wanted.slice(from, from + ROWS_MAX);
    const rows = await manager.query<unknown[]>(
      `INSERT INTO webhook_delivery (id, webhook_id, notice_id, type, next_at, created_at)
       SELECT id, webhook_id, notice_id, type, $5, $5
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS d (id, webhook_id, notice_id, type)
       ON CONFLICT (webhook_id, notice_id) DO UPDATE
         SET state = 'pending', attempts = 0, next_at = EXCLUDED.next_at, last_error = NULL, claimed_until = NULL, token = NULL
         WHERE ${again}
       RETURNING id`,
      [
        part.map(() => uuidv7()),
        part.map((row) => row.webhook_id),
        part.map((row) => row.notice_id),
        part.map((row) => typeOf(row.kind)),
        now,
      ],
    );
    queued += rows.length;
  }
  return queued;
}

function shown(row: WebhookDeliveryEntity): WebhookDelivery {
  return {
    id: row.id,
    type: row.type,
    noticeId: row.noticeId,
    state: row.state,
    attempts: row.attempts,
    lastError: row.lastError,
    nextAt: row.state === 'pending' ? row.nextAt.toISOString() : null,
    sentAt: row.sentAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

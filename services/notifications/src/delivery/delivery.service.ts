import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import type { Channel, Letter, Outcome } from '../channel/channel.js';
import { NoticeEntity, type RecipientKind } from '../notice/notice.entity.js';
import { keyOf, PreferenceStore } from '../preference/preference.store.js';
import { digestNotices, digestsSent, heldBack } from './delivery.metrics.js';
import { isGivenUp, pauseAfter } from './pause.js';
import { type Due, type Group, type Round, roundOf } from './round.js';
import { todayOf } from './today.js';

/** Longer than a batch of mails to a slow server takes. */
const LEASE_MS = 180_000;
const BATCH = 20;
/** Of the lock that those take who count what somebody got today. */
const COUNTING_LOCK = 727_010;

interface Row {
  id: string;
  notice_id: string;
  recipient_kind: RecipientKind;
  recipient_id: string;
  attempts: number;
  digest_at: Date | null;
  letter_id: string | null;
  first_tried_at: Date | null;
}
const COLUMNS = 'id, notice_id, recipient_kind, recipient_id, attempts, digest_at, letter_id, first_tried_at';

/** Letters that one sender holds for a while, and nobody else. */
export interface Claim {
  channel: string;
  token: string;
  letters: Letter[];
  /** Deliveries found due, including those that were put off: zero means that nothing is left to do. */
  found: number;
  groups: Map<string, { group: Group; attempts: number; firstTriedAt: Date }>;
}

/** The delivery rows: who sends what, and what became of it. Any number of senders may work on them at once. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly preferences: PreferenceStore,
  ) {}

  /**
   * Takes the next due letters of a channel. Whether something really goes out now is decided here, by the preferences of this moment; what does
   * not is put off. Attempts are counted here too, so that one that kills its sender is counted.
   */
  async claim(channel: Channel, now: Date): Promise<Claim> {
    const token = uuidv4();
    return this.dataSource.transaction(async (manager) => {
      // Two senders that count at the same moment would each grant the day's last place.
      if (channel.personal) {
        await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [COUNTING_LOCK, channel.name]);
      }
      const lease = new Date(now.getTime() + (channel.leaseMs ?? LEASE_MS));
      const [first] = await manager.query<[Row[], number]>(
        `UPDATE delivery SET token = $2, claimed_until = $3, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $4)
         WHERE id IN (
           SELECT id FROM delivery
           WHERE channel = $1 AND state = 'pending' AND next_at <= $4 AND (claimed_until IS NULL OR claimed_until <= $4)
           ORDER BY next_at, id LIMIT $5 FOR UPDATE SKIP LOCKED)
         RETURNING ${COLUMNS}`,
        [channel.name, token, lease, now, BATCH],
      );
      // Each round ends with one that finds nothing.
      if (first.length === 0) return { channel: channel.name, token, letters: [], found: 0, groups: new Map() };
      const rows = channel.personal
        ? [...first, ...(await this.companions(manager, channel, first, token, lease, now))]
        : first;
      const notices = await manager.findBy(NoticeEntity, { id: In(rows.map((row) => row.notice_id)) });
      const byId = new Map(notices.map((notice) => [notice.id, notice]));
      const go = await this.share(manager, channel, rows, byId, now);
      const known = new Map(rows.map((row) => [row.id, row]));
      return {
        channel: channel.name,
        token,
        letters: go.map(letterOf),
        found: rows.length,
        groups: new Map(
          go.map((group) => {
            const { attempts, first_tried_at } = known.get(group.due[0]!.id)!;
            return [group.letterId, { group, attempts, firstTriedAt: first_tried_at ?? now }];
          }),
        ),
      };
    });
  }

  /** Writes down what became of a letter, unless the claim was lost meanwhile. The rows of a digest are settled together. */
  async settle({ channel, token, groups }: Claim, letterId: string, outcome: Outcome, now: Date): Promise<void> {
    const held = groups.get(letterId);
    if (!held) return;
    const result = outcome.state === 'retry' && isGivenUp(held.firstTriedAt, now) ? givenUp(outcome.reason) : outcome;
    const ids = held.group.due.map((due) => due.id);
    const mine = 'claimed_until = NULL, token = NULL WHERE id = ANY($1::uuid[]) AND token = $2';
    if (result.state === 'sent') {
      const leftOut = new Set(result.leftOut);
      const empty = held.group.due.filter((due) => leftOut.has(due.notice.id)).map((due) => due.id);
      // Also where it was called off while it was on its way: it did go out.
      await this.dataSource.query(
        `UPDATE delivery SET state = CASE WHEN id = ANY($4::uuid[]) THEN 'cancelled' ELSE 'sent' END,
           last_error = CASE WHEN id = ANY($4::uuid[]) THEN 'gone' END,
           sent_at = CASE WHEN id = ANY($4::uuid[]) THEN NULL ELSE $3::timestamptz END, ${mine}`,
        [ids, token, now, empty],
      );
      if (held.group.digest) {
        digestsSent.inc({ channel });
        digestNotices.inc({ channel }, ids.length - empty.length);
      }
    } else if (result.state === 'retry') {
      const next = new Date(now.getTime() + pauseAfter(held.attempts));
      await this.dataSource.query(`UPDATE delivery SET next_at = $3, last_error = $4, ${mine}`, [
        ids,
        token,
        next,
        result.reason,
      ]);
    } else {
      await this.dataSource.query(`UPDATE delivery SET state = $3, last_error = $4, ${mine} AND state = 'pending'`, [
        ids,
        token,
        result.state,
        result.reason,
      ]);
    }
  }

  /** The rest of the digests that were found due: a digest is complete or does not go. */
  private async companions(
    manager: EntityManager,
    channel: Channel,
    first: Row[],
    token: string,
    lease: Date,
    now: Date,
  ): Promise<Row[]> {
    const digests = first.filter((row) => row.digest_at);
    if (digests.length === 0) return [];
    const [rows] = await manager.query<[Row[], number]>(
      `UPDATE delivery SET token = $2, claimed_until = $3, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $4)
       WHERE id IN (
         SELECT id FROM delivery
         WHERE channel = $1 AND state = 'pending' AND digest_at <= $4 AND recipient_id = ANY($5::uuid[])
           AND (claimed_until IS NULL OR claimed_until <= $4) ORDER BY id FOR UPDATE)
       RETURNING ${COLUMNS}`,
      [channel.name, token, lease, now, digests.map((row) => row.recipient_id)],
    );
    return rows;
  }

  /** What of the claimed deliveries goes now, as letters; the others are put off or called off. */
  private async share(
    manager: EntityManager,
    channel: Channel,
    rows: Row[],
    notices: Map<string, NoticeEntity>,
    now: Date,
  ): Promise<Group[]> {
    const recipients = rows.map((row) => ({ kind: row.recipient_kind, id: row.recipient_id }));
    const wishes = await this.preferences.of(manager, recipients);
    const claimed = rows.map((row) => row.id);
    const today = channel.personal ? await todayOf(manager, channel.name, recipients, wishes, claimed, now) : undefined;
    const all: Round = { go: [], held: [] };
    for (const [key, own] of Map.groupBy(rows, (row) => keyOf({ kind: row.recipient_kind, id: row.recipient_id }))) {
      const due = own.map((row) => dueOf(row, notices.get(row.notice_id)!));
      const day = today?.get(key) ?? { sent: 0, digestWaiting: false };
      const round = roundOf(channel.name, due, wishes.get(key)!, day, now);
      all.go.push(...round.go);
      all.held.push(...round.held);
    }
    await this.putOff(manager, channel, all.held);
    const formed = all.go.filter((group) => group.digest).flatMap((group) => group.due.map((due) => ({ due, group })));
    if (formed.length > 0) {
      // Written down before it is sent: after a crash the same digest goes out again, under the same id.
      await manager.query(
        `UPDATE delivery SET letter_id = d.letter_id FROM unnest($1::uuid[], $2::uuid[]) AS d (id, letter_id) WHERE delivery.id = d.id`,
        [formed.map(({ due }) => due.id), formed.map(({ group }) => group.letterId)],
      );
    }
    return all.go;
  }

  private async putOff(manager: EntityManager, channel: Channel, held: Round['held']): Promise<void> {
    if (held.length === 0) return;
    for (const { decision } of held) {
      heldBack.inc({ channel: channel.name, why: decision.when === 'never' ? 'never' : decision.why });
    }
    await manager.query(
      `UPDATE delivery SET token = NULL, claimed_until = NULL, attempts = attempts - 1,
         first_tried_at = CASE WHEN attempts > 1 THEN first_tried_at END,
         next_at = coalesce(h.at, next_at), digest_at = CASE WHEN h.digest THEN h.at ELSE digest_at END,
         state = CASE WHEN h.at IS NULL THEN 'cancelled' ELSE state END,
         last_error = CASE WHEN h.at IS NULL THEN 'preferences' ELSE last_error END
       FROM unnest($1::uuid[], $2::timestamptz[], $3::boolean[]) AS h (id, at, digest) WHERE delivery.id = h.id`,
      [
        held.map(({ due }) => due.id),
        held.map(({ decision }) => (decision.when === 'never' ? null : decision.at)),
        held.map(({ decision }) => decision.when === 'digest'),
      ],
    );
  }
}

function dueOf(row: Row, notice: NoticeEntity): Due {
  return { id: row.id, attempts: row.attempts, digestAt: row.digest_at, letterId: row.letter_id, notice };
}

function letterOf({ letterId, digest, due }: Group): Letter {
  const notices = due.map(({ notice }) => notice);
  return { deliveryId: letterId, notice: notices[0]!, notices, digest };
}

const givenUp = (reason: string): Outcome => ({ state: 'failed', reason: `given up: ${reason}` });

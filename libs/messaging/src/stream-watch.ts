import type { PubAck } from '@nats-io/jetstream';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { streamOf } from '#libs/contracts';
import { EventNats, MessagingOptions } from './nats.js';
import { isMissing } from './provision.js';
import { ownerOf } from './topology.js';

const CHECK_MS = 5000;

export interface StreamSight {
  created: string;
  lastSeq: number;
}

/** From which sequence on a stream lost what it had acknowledged; 0 means all of it, undefined nothing. */
export function lostFrom(known: StreamSight, seen: StreamSight, rewoundTo?: number): number | undefined {
  if (known.created !== seen.created) return 0;
  const from = [seen.lastSeq < known.lastSeq ? seen.lastSeq + 1 : undefined, rewoundTo].filter((n) => n !== undefined);
  return from.length > 0 ? Math.min(...from) : undefined;
}

/** Notices that the service's stream was made anew or fell back (a wiped disk, a power cut), and has the lost events published again. */
@Injectable()
export class StreamWatch {
  readonly stream: string;
  /** The highest sequence that was acknowledged to this process. */
  highest = 0;
  private readonly logger = new Logger('StreamWatch');
  private nextCheck = 0;
  private rewoundTo?: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly nats: EventNats,
    options: MessagingOptions,
  ) {
    this.stream = streamOf(ownerOf(options.service));
    nats.onReconnect(() => this.suspect());
  }

  /** Has the next check made at once. */
  suspect(): void {
    this.nextCheck = 0;
  }

  /** Whether the next `checkNowAndThen` checks. */
  get isDue(): boolean {
    return Date.now() >= this.nextCheck;
  }

  /** A stream only grows: an acknowledgement with a sequence that an earlier one had already reached tells of a loss. */
  noteAcks(highestBefore: number, acks: PubAck[]): void {
    const fresh = acks.filter((ack) => !ack.duplicate).map((ack) => ack.seq);
    if (fresh.length === 0) return;
    const lowest = Math.min(...fresh);
    if (lowest <= highestBefore) {
      this.rewoundTo = Math.min(lowest, this.rewoundTo ?? lowest);
      this.suspect();
    }
    this.highest = Math.max(...fresh, lowest <= highestBefore ? 0 : this.highest);
  }

  /** Every few seconds, after a reconnect and after a suspicion: compares the stream with what was last seen of it. */
  async checkNowAndThen(): Promise<void> {
    if (!this.isDue) return;
    this.nextCheck = Date.now() + CHECK_MS;
    try {
      await this.check();
    } catch (error) {
      this.suspect();
      if (!isMissing(error)) throw error;
    }
  }

  private async check(): Promise<void> {
    const rewoundTo = this.rewoundTo;
    const jsm = await this.nats.manager();
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO stream_state (stream, created, last_seq) VALUES ($1, '', 0) ON CONFLICT DO NOTHING`,
        [this.stream],
      );
      const [row] = await manager.query<{ created: string; last_seq: string }[]>(
        `SELECT created, greatest(last_seq, (SELECT max(stream_seq) FROM
           (SELECT stream_seq FROM outbox WHERE sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 1000) latest)) AS last_seq
         FROM stream_state WHERE stream = $1 FOR UPDATE`,
        [this.stream],
      );
      // Asked for only under the lock: an answer older than another copy's would look like a loss.
      const { created, state, config } = await jsm.streams.info(this.stream);
      const seen = { created, lastSeq: state.last_seq };
      const from = lostFrom({ created: row!.created, lastSeq: Number(row!.last_seq) }, seen, rewoundTo);
      if (from !== undefined) {
        const [, count] = await manager.query<[unknown, number]>(
          `UPDATE outbox SET sent_at = NULL, stream_seq = NULL, claimed_until = NULL, claim_token = NULL
           WHERE sent_at IS NOT NULL AND ($1 = 0 OR stream_seq >= $1)
             AND ($2::bigint = 0 OR sent_at > now() - $2::bigint / 1000 * interval '1 microsecond')`,
          [from, config.max_age],
        );
        if (count > 0) this.logger.warn(`Stream ${this.stream} lost events; ${count} are published again`);
      }
      await manager.query(`UPDATE stream_state SET created = $2, last_seq = $3 WHERE stream = $1`, [
        this.stream,
        created,
        seen.lastSeq,
      ]);
    });
    this.rewoundTo = undefined;
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { EventContract } from '#libs/contracts';
import { MessagingOptions } from './nats.js';
import { ownerOf } from './topology.js';

/** What is told: about which aggregate, and what. `data` must fit the contract's schema. */
export interface NewEvent<T extends z.ZodType> {
  aggregateId: string;
  data: z.input<T>;
}

/** A NATS message may have 256 KiB; what is bigger could never leave the outbox. */
const MAX_EVENT_BYTES = 200 * 1024;
const MAX_ROWS = 5000;

/** Writes events beside the change that they tell of: both are committed, or neither. The relay publishes them. */
@Injectable()
export class Outbox {
  constructor(private readonly options: MessagingOptions) {}

  /** Adds one event in the caller's transaction; answers with its id. Throws when `data` does not fit the contract. */
  async add<T extends z.ZodType>(
    manager: EntityManager,
    contract: EventContract<T>,
    event: NewEvent<T>,
  ): Promise<string> {
    const [id] = await this.addMany(manager, contract, [event]);
    return id!;
  }

  /** Adds many events of one kind in the caller's transaction, thousands in one statement; answers with their ids in the same order. */
  async addMany<T extends z.ZodType>(
    manager: EntityManager,
    contract: EventContract<T>,
    events: readonly NewEvent<T>[],
  ): Promise<string[]> {
    if (!manager.queryRunner?.isTransactionActive)
      throw new Error('The outbox needs the manager of a running transaction');
    if (contract.owner !== ownerOf(this.options.service)) {
      throw new Error(`${this.options.service} must not publish ${contract.subject}: it belongs to ${contract.owner}`);
    }
    const time = new Date().toISOString();
    const rows = events.map((event) => this.rowOf(contract, event, time));
    for (let from = 0; from < rows.length; from += MAX_ROWS) {
      const part = rows.slice(from, from + MAX_ROWS);
      await manager.query(
        `INSERT INTO outbox (id, subject, type, aggregate_id, envelope)
         SELECT id, subject, $5, aggregate_id, envelope::jsonb FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS r (id, subject, aggregate_id, envelope)`,
        [
          part.map((r) => r.id),
          part.map((r) => r.subject),
          part.map((r) => r.aggregateId),
          part.map((r) => r.envelope),
          contract.type,
        ],
      );
    }
    // The commit of this transaction wakes the relay (see OutboxWaker).
    if (rows.length > 0) manager.queryRunner.data.outboxFilled = true;
    // What an act told of is what it was done to (see AuditTrail).
    const told: string[] = manager.queryRunner.data.told ?? [];
    manager.queryRunner.data.told = [...told, ...rows.slice(0, 20).map((row) => row.aggregateId)].slice(0, 20);
    return rows.map((row) => row.id);
  }

  private rowOf<T extends z.ZodType>(contract: EventContract<T>, event: NewEvent<T>, time: string) {
    // The id is one token of the subject: a dot or a wildcard in it would make another subject.
    if (!/^[A-Za-z0-9_-]{1,100}$/.test(event.aggregateId))
      throw new Error(`An event of ${contract.type} has an unusable aggregate id`);
    const id = uuidv7();
    const subject = `${contract.subject}.${event.aggregateId}`;
    const envelope = JSON.stringify({
      specversion: '1.0',
      id,
      source: `ceresio/${contract.owner}`,
      type: contract.type,
      subject: event.aggregateId,
      time,
      datacontenttype: 'application/json',
      data: contract.data.parse(event.data),
    });
    if (Buffer.byteLength(envelope) > MAX_EVENT_BYTES)
      throw new Error(`An event of ${contract.type} is too big to be published`);
    return { id, subject, aggregateId: event.aggregateId, envelope };
  }
}

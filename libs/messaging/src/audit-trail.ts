import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntitySubscriberInterface, type QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Audited, audited, type EventContract, type Keeper } from '#libs/contracts';
import { MessagingOptions } from './nats.js';
import { Outbox } from './outbox.js';
import { ownerOf } from './topology.js';

/** What somebody is doing at the moment: who, which operation, and the ids that the request named. */
export type Act = Audited;

/** The act on whose behalf the current code runs; undefined where the platform acts on its own account. */
export const acting = new AsyncLocalStorage<Act | undefined>();

const TARGETS_MAX = 20;

/**
 * Tells, in the transaction of each change that somebody asked for, who changed what: both are committed, or neither. It hangs on the transaction
 * itself, so that no command can forget it; what only reads is not told.
 */
@Injectable()
export class AuditTrail implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly options: MessagingOptions,
  ) {}

  onApplicationBootstrap(): void {
    const contract = audited[ownerOf(this.options.service) as Keeper] as (typeof audited)[Keeper] | undefined;
    // Services of tests have names of their own and no audit.
    if (contract) this.dataSource.subscribers.push(new Auditor(this.outbox, contract));
  }
}

class Auditor implements EntitySubscriberInterface {
  constructor(
    private readonly outbox: Outbox,
    private readonly contract: (typeof audited)[Keeper] & EventContract,
  ) {}

  async beforeTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): Promise<void> {
    const act = acting.getStore();
    // The end of an inner transaction is announced as well; only the outermost has done something.
    if (!act || (queryRunner as { transactionDepth?: number }).transactionDepth! > 1) return;
    const [state] = (await queryRunner.query('SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote')) as {
      wrote: boolean;
    }[];
    if (!state?.wrote) return;
    const told = (queryRunner.data.told as string[] | undefined) ?? [];
    const targets = [...new Set([...act.targets, ...told])].slice(0, TARGETS_MAX);
    await this.outbox.add(queryRunner.manager, this.contract, { aggregateId: uuidv7(), data: { ...act, targets } });
  }
}

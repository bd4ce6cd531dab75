import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type Actor,
  accessRpc,
  actorName,
  type CallContext,
  type Erasure,
  erasureRequested,
  isParty,
  type Party,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { notFound, runOnce } from '#libs/records';
import { Clock, RpcClient } from '#libs/service';
import { disposable } from '../membership/party.js';
import { openRecord, recordWhere } from './steps.js';

/** Requests to be erased, and how far they are. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async request({ subject }: { subject: Party }, ctx: CallContext): Promise<Erasure> {
    const known = await recordWhere(this.db.manager, 'kind = $1 AND party_id = $2', [subject.kind, subject.id]);
    if (!known) await disposable(this.rpc, subject, ctx);
    else if (!maySee(known, ctx.actor)) throw notFound('erasure');
    return runOnce(this.db, ctx, accessRpc.erase.subject, { subject }, async (manager) => {
      const record = await openRecord(manager, subject, actorName(ctx.actor), this.clock.now());
      // Asked again although it is done: the owner tells everybody once more, which does no harm and heals what was restored.
      await this.outbox.add(manager, erasureRequested, { aggregateId: subject.id, data: subject });
      return record;
    });
  }

  async get(id: string, { actor }: CallContext): Promise<Erasure> {
    const record = await recordWhere(this.db.manager, 'id = $1', [id]);
    if (!record || !maySee(record, actor)) throw notFound('erasure');
    return record.view;
  }
}

/** Who was erased, who asked for it, and administrators: of a place nothing is known any more. */
function maySee({ view, requestedBy }: { view: Erasure; requestedBy: string }, actor: Actor): boolean {
  const { kind, id } = view.subject;
  return actor.kind === 'admin' || requestedBy === actorName(actor) || isParty(actor, kind, id);
}

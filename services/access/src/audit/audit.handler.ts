import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type Audited, accessRpc, audited, type CallContext, Problem } from '#libs/contracts';
import { type EventBatchContext, OnEvent } from '#libs/messaging';
import { Rpc } from '#libs/service';
import { append, entriesBefore } from './audit.store.js';

/** Hears what was done anywhere, and shows it to administrators. */
@Controller()
export class AuditHandler {
  constructor(private readonly db: DataSource) {}

  @OnEvent(audited.companies, { batch: true })
  companies(acts: Audited[], ctx: EventBatchContext): Promise<void> {
    return keep(acts, ctx);
  }

  @OnEvent(audited.experts, { batch: true })
  experts(acts: Audited[], ctx: EventBatchContext): Promise<void> {
    return keep(acts, ctx);
  }

  @OnEvent(audited.matching, { batch: true })
  matching(acts: Audited[], ctx: EventBatchContext): Promise<void> {
    return keep(acts, ctx);
  }

  @OnEvent(audited.cooperation, { batch: true })
  cooperation(acts: Audited[], ctx: EventBatchContext): Promise<void> {
    return keep(acts, ctx);
  }

  @OnEvent(audited.notifications, { batch: true })
  notifications(acts: Audited[], ctx: EventBatchContext): Promise<void> {
    return keep(acts, ctx);
  }

  @OnEvent(audited.privacy, { batch: true })
  own(acts: Audited[], ctx: EventBatchContext): Promise<void> {
    return keep(acts, ctx);
  }

  @Rpc(accessRpc.audit)
  async list(
    { target, actor, cursor, limit }: z.output<typeof accessRpc.audit.request>,
    ctx: CallContext,
  ): Promise<z.input<typeof accessRpc.audit.response>> {
    if (ctx.actor.kind !== 'admin') throw new Problem('forbidden', 'The audit log is for administrators.');
    const before = cursor === undefined ? undefined : seqOf(cursor);
    const found = await entriesBefore(this.db.manager, {
      ...(before !== undefined && { before }),
      ...(target !== undefined && { target }),
      ...(actor !== undefined && { actor }),
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = found.length > limit && last ? Buffer.from(String(last.seq)).toString('base64url') : null;
    return { items, nextCursor };
  }
}

function keep(acts: Audited[], { envelopes, manager }: EventBatchContext): Promise<void> {
  return append(
    manager,
    acts.map((act, i) => ({ eventId: envelopes[i]!.id, at: envelopes[i]!.time, act })),
  );
}

function seqOf(cursor: string): number {
  const seq = /^\d{1,15}$/.exec(Buffer.from(cursor, 'base64url').toString())?.[0];
  if (seq) return Number(seq);
  const detail = 'must be the `nextCursor` of a page before';
  throw new Problem('invalid-query', `cursor ${detail}.`, [{ pointer: '?cursor', detail }]);
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  type accessRpc,
  type CallContext,
  type ConsentGiven,
  companiesRpc,
  expertsRpc,
  keepsContents,
  oversees,
  type Party,
  type Place,
  Problem,
} from '#libs/contracts';
import { idOfCursor, pageOfRows } from '#libs/records';
import { RpcClient, serviceContext } from '#libs/service';

interface Row {
  id: string;
  kind: Party['kind'];
  party_id: string;
  at: Date;
}

/** Who agrees to a purpose now. It is what consent is for: who is not in this list is not asked for surveys and not named in success cases. */
@Injectable()
export class ConsentingService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
  ) {}

  /** Of the coordinator's places. */
  async list(
    { purpose, cursor, limit }: z.output<typeof accessRpc.consenting.request>,
    ctx: CallContext,
  ): Promise<{ items: ConsentGiven[]; nextCursor: string | null }> {
    if (!keepsContents(ctx.actor)) throw new Problem('forbidden', 'Who agrees to what is for coordinators.');
    const found = await this.db.query<Row[]>(
      `SELECT id, kind, party_id, at FROM consent c
       WHERE purpose = $1 AND granted AND ($2::uuid IS NULL OR id < $2) AND NOT EXISTS (
         SELECT 1 FROM consent later WHERE later.kind = c.kind AND later.party_id = c.party_id AND later.purpose = c.purpose AND later.id > c.id)
       ORDER BY id DESC LIMIT $3`,
      [purpose, idOfCursor(cursor) ?? null, limit + 1],
    );
    const { rows, nextCursor } = pageOfRows(found, limit);
    const places = await this.places(rows, ctx);
    const theirs = rows.filter((row) => places.has(row.party_id) && oversees(ctx.actor, places.get(row.party_id)));
    const items = theirs.map(({ kind, party_id: id, at }) => ({ subject: { kind, id }, since: at.toISOString() }));
    return { items, nextCursor };
  }

  private async places(rows: Row[], ctx: CallContext): Promise<Map<string, Place>> {
    const own = serviceContext('access', ctx.lang, ctx.requestId);
    const idsOf = (kind: Party['kind']) => rows.filter((row) => row.kind === kind).map((row) => row.party_id);
    const [firms, experts] = await Promise.all([
      this.rpc.fetchAll(companiesRpc.cards, idsOf('firm'), own),
      this.rpc.fetchAll(expertsRpc.facts, idsOf('expert'), own),
    ]);
    return new Map([...firms, ...experts].map((one) => [one.id, one]));
  }
}

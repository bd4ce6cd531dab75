import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type accessRpc,
  actorName,
  type CallContext,
  type Claim,
  companiesRpc,
  identifiedRpc,
  idSchema,
  keepsContents,
  oversees,
  type Place,
  Problem,
} from '#libs/contracts';
import { idOfCursor, notFound, pageOfRows } from '#libs/records';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { grant } from '../membership/membership.store.js';
import { holdParty, placeOf } from '../membership/party.js';
import { personOf } from '../membership/person.js';
import { type ClaimRow, viewOf } from './claim.view.js';
import { ClaimMailService } from './claim-mail.service.js';

type Request<T extends 'claim' | 'claims' | 'decideClaim'> = z.output<(typeof accessRpc)[T]['request']>;

/** Somebody says that a firm is theirs; a coordinator who is responsible for its place finds out and says yes or no. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly mails: ClaimMailService,
    private readonly clock: Clock,
  ) {}

  async claim({ identifier, mail }: Request<'claim'>, ctx: CallContext): Promise<Claim> {
    const person = await personOf(this.db.manager, ctx);
    const own = serviceContext('access', ctx.lang, ctx.requestId);
    const { ids } = await this.rpc.call(identifiedRpc, identifier, own);
    const [companyId] = ids;
    if (!companyId) throw new Problem('not-found', 'There is no company with this identifier.');
    if (ids.length > 1)
      throw new Problem('conflict', 'Several firms share this identifier: give the tax code, REA number or UID.');
    return this.db.transaction(async (manager) => {
      await holdParty(manager, { kind: 'firm', id: companyId });
      // A second request while the first one waits is the same request.
      const [row] = await manager.query<ClaimRow[]>(
        `INSERT INTO claim (id, revision, person_id, company_id, state, created_at) VALUES ($1, 1, $2, $3, 'pending', $4)
         ON CONFLICT (person_id, company_id) WHERE state = 'pending' DO UPDATE SET revision = claim.revision RETURNING *`,
        [uuidv7(), person, companyId, this.clock.now()],
      );
      return viewOf(mail ? await this.mails.ask(manager, row!.id) : row!);
    });
  }

  /** One's own; for coordinators those about firms of their places. */
  async list({ state, cursor, limit }: Request<'claims'>, ctx: CallContext) {
    const staff = keepsContents(ctx.actor);
    const person = staff ? null : idSchema.safeParse(ctx.subject).data;
    if (person === undefined) return { items: [], nextCursor: null };
    const found = await this.db.query<ClaimRow[]>(
      `SELECT * FROM claim WHERE ($1::uuid IS NULL OR person_id = $1) AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [person, state ?? null, idOfCursor(cursor) ?? null, limit + 1],
    );
    const { rows, nextCursor } = pageOfRows(found, limit);
    const places = staff ? await this.places(rows, ctx) : undefined;
    const seen = rows.filter((row) => !places || oversees(ctx.actor, places.get(row.company_id)));
    return { items: seen.map(viewOf), nextCursor };
  }

  async decide({ id, confirm }: Request<'decideClaim'>, ctx: CallContext): Promise<Claim> {
    const [claim] = await this.db.query<ClaimRow[]>('SELECT * FROM claim WHERE id = $1', [id]);
    const party = { kind: 'firm' as const, id: claim?.company_id ?? '' };
    const place = claim && keepsContents(ctx.actor) ? await placeOf(this.rpc, party, ctx) : undefined;
    if (!claim || !place || !oversees(ctx.actor, place)) throw notFound('claim');
    return this.db.transaction(async (manager) => {
      await holdParty(manager, party);
      const now = this.clock.now();
      const [rows] = await manager.query<[ClaimRow[], number]>(
        `UPDATE claim SET state = $2, decided_by = $3, decided_at = $4, revision = revision + 1
         WHERE id = $1 AND state = 'pending' RETURNING *`,
        [id, confirm ? 'confirmed' : 'refused', actorName(ctx.actor), now],
      );
      if (!rows[0]) throw new Problem('wrong-state', 'The claim was decided already.');
      if (confirm) await grant(manager, rows[0].person_id, { ...party, role: 'owner' }, actorName(ctx.actor), now);
      return viewOf(rows[0]);
    });
  }

  private async places(rows: ClaimRow[], ctx: CallContext): Promise<Map<string, Place>> {
    const own = serviceContext('access', ctx.lang, ctx.requestId);
    const cards = await this.rpc.fetchAll(
      companiesRpc.cards,
      rows.map((row) => row.company_id),
      own,
    );
    return new Map(cards.map((card) => [card.id, card]));
  }
}

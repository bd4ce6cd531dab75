import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  ALERTS_MAX,
  type Alert,
  type AlertCreate,
  type AlertFacts,
  type AlertPatch,
  alertsRpc,
  type CallContext,
  Problem,
} from '#libs/contracts';
import { idOfCursor, invalid, lockValues, notFound, pageOfRows, revisionMismatch, runOnce } from '#libs/records';
import { Clock, fitIntoMessage } from '#libs/service';
import { AlertEntity } from './alert.entity.js';
import { forgetUntold, keepKnown } from './alert.store.js';
import { alertFacts, alertView, type Found } from './alert.view.js';
import { AlertFinder } from './alert-finder.service.js';

type Owner = Pick<AlertEntity, 'ownerKind' | 'ownerId'>;
type Update = z.output<typeof alertsRpc.update.request>;
type Remove = z.output<typeof alertsRpc.remove.request>;
type List = z.output<typeof alertsRpc.list.request>;

/** Saved searches as their owners keep them. */
@Injectable()
export class AlertService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly finder: AlertFinder,
    private readonly clock: Clock,
  ) {}

  async create(input: AlertCreate, ctx: CallContext): Promise<Alert> {
    const owner = ownerIn(ctx.actor);
    const now = this.clock.now();
    const { name = null, seek, text = null, competences = [], prefer = null, rhythm, lang = null } = input;
    const alert = Object.assign(new AlertEntity(), {
      ...{ id: uuid(), revision: 1, ...owner, name, seek, text, competences, prefer, rhythm, lang },
      ...{ filters: input.filters ?? null, best: 0, dueAt: null, pending: false, paused: false },
      ...{ createdAt: now, updatedAt: now },
    } satisfies AlertEntity);
    // Without the search engine the Alerter notes later what is there now; else all of it would be told as new tomorrow.
    const known = await this.finder.known(alert, now);
    return runOnce(this.dataSource, ctx, alertsRpc.create.subject, input, async (manager) => {
      await refuseErased(manager, owner);
      // Two at once must not both be the last that is allowed.
      await lockValues(manager, [`alerts of ${owner.ownerId}`]);
      if ((await manager.count(AlertEntity, { where: owner })) >= ALERTS_MAX)
        throw new Problem('conflict', `No more than ${ALERTS_MAX} searches can be saved. Remove one first.`);
      await manager.insert(AlertEntity, { ...alert, best: known?.best ?? 0, pending: !known });
      if (known) await keepKnown(manager, alert.id, known.found, now);
      return alertView(alert);
    });
  }

  async get(id: string, { actor }: CallContext): Promise<Alert> {
    const alert = await ownAlert(this.dataSource.manager, id, actor);
    return alertView(alert, (await foundBy(this.dataSource.manager, [id])).get(id));
  }

  async list({ cursor, limit }: List, { actor }: CallContext) {
    const query = this.dataSource.manager
      .createQueryBuilder(AlertEntity, 'a')
      .where('a.ownerKind = :ownerKind AND a.ownerId = :ownerId', ownerIn(actor))
      .orderBy('a.id', 'DESC')
      .limit(limit + 1);
    const after = idOfCursor(cursor);
    if (after) query.andWhere('a.id < :after', { after });
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    const found = await foundBy(
      this.dataSource.manager,
      rows.map(({ id }) => id),
    );
    return { items: rows.map((row) => alertView(row, found.get(row.id))), nextCursor };
  }

  async update(request: Update, ctx: CallContext): Promise<Alert> {
    const { id, revision, patch } = request;
    const now = this.clock.now();
    const before = await ownAlert(this.dataSource.manager, id, ctx.actor);
    if (before.revision !== revision) throw revisionMismatch('saved search', before.revision);
    const alert = changed(before, patch, now);
    // What it would have found before it was changed, or while it was paused, is nothing new.
    const otherwise = seeksOtherwise(patch) || (before.paused && !alert.paused);
    const known = otherwise ? await this.finder.known(alert, now) : undefined;
    const pending = otherwise ? !known : before.pending;
    return runOnce(this.dataSource, ctx, alertsRpc.update.subject, request, async (manager) => {
      const { id: _, dueAt: __, ...changes } = alert;
      const { affected } = await manager.update(
        AlertEntity,
        { id, revision },
        { ...changes, pending, best: known?.best ?? before.best },
      );
      if (affected !== 1) throw revisionMismatch('saved search');
      if (known) await keepKnown(manager, id, known.found, now);
      if (alert.paused) await forgetUntold(manager, id, now);
      return alertView(alert, (await foundBy(manager, [id])).get(id));
    });
  }

  async remove(request: Remove, ctx: CallContext): Promise<{ id: string }> {
    const { id, revision } = request;
    return runOnce(this.dataSource, ctx, alertsRpc.remove.subject, request, async (manager) => {
      const alert = await ownAlert(manager, id, ctx.actor);
      if (revision !== undefined && revision !== alert.revision) throw revisionMismatch('saved search', alert.revision);
      await manager.delete(AlertEntity, { id });
      return { id };
    });
  }

  /** For services that tell their owners. */
  async byIds(ids: string[]): Promise<{ items: AlertFacts[]; rest: string[] }> {
    const { manager } = this.dataSource;
    const rows = await manager.createQueryBuilder(AlertEntity, 'a').where('a.id = ANY(:ids)', { ids }).getMany();
    const found = await foundBy(manager, ids);
    return fitIntoMessage(rows.map((row) => alertFacts(row, found.get(row.id))));
  }
}

function ownerIn(actor: Actor): Owner {
  if (actor.kind === 'firm' || actor.kind === 'expert') return { ownerKind: actor.kind, ownerId: actor.id };
  throw new Problem('forbidden', 'Searches are saved by firms and experts for themselves');
}

/** To everybody but its owner a saved search does not exist. */
async function ownAlert(manager: EntityManager, id: string, actor: Actor): Promise<AlertEntity> {
  const alert = await manager.findOne(AlertEntity, { where: { id, ...ownerIn(actor) } });
  if (!alert) throw notFound('saved search');
  return alert;
}

// A token outlives its holder's erasure by a while.
async function refuseErased(manager: EntityManager, { ownerKind, ownerId }: Owner): Promise<void> {
  const type = ownerKind === 'firm' ? 'company' : 'expert';
  const gone = await manager.query<unknown[]>('SELECT 1 FROM subject WHERE type = $1 AND id = $2 AND gone FOR SHARE', [
    type,
    ownerId,
  ]);
  if (gone.length > 0) throw notFound(type);
}

function changed(before: AlertEntity, patch: AlertPatch, now: Date): AlertEntity {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const alert = Object.assign(new AlertEntity(), before, given, { revision: before.revision + 1, updatedAt: now });
  if (!alert.text && alert.competences.length === 0)
    throw invalid([{ pointer: '/text', detail: 'a text or at least one competence is needed' }]);
  return alert;
}

function seeksOtherwise(patch: AlertPatch): boolean {
  return (['text', 'competences', 'filters', 'prefer', 'lang'] as const).some((field) => patch[field] !== undefined);
}

async function foundBy(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Found>> {
  const rows = await manager.query<({ id: string } & Found)[]>(
    `SELECT alert_id AS id, count(*)::int AS hits, max(found_at) AS "lastHitAt" FROM alert_hit
     WHERE alert_id = ANY($1::uuid[]) AND NOT known GROUP BY alert_id`,
    [ids],
  );
  return new Map(rows.map(({ id, ...found }) => [id, found]));
}

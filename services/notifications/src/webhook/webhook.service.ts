import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  type CallContext,
  Problem,
  partyOf,
  type WebhookEndpoint,
  type webhooksRpc,
} from '#libs/contracts';
import { cursorAfter, idOfCursor, invalid, notFound, revisionMismatch, runOnce } from '#libs/records';
import { Clock } from '#libs/service';
import { CONFIG, type Config } from '../config.js';
import { newSecret } from './message.js';
import { refusalOf } from './post.js';
import { reachOf } from './reach.js';
import { WebhookEntity, type WebhookOwner } from './webhook.entity.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';

const DAY_MS = 86_400_000;
const REPLAY_DAYS = 30;
const MOST = { firm: 10, expert: 10, platform: 50 };
const REFUSED: Record<string, string> = {
  'https-needed': 'must begin with https://',
  'port-not-allowed': 'has a port that webhooks are not sent to',
  'inside-address': 'is an address inside of a network',
};

type Create = z.output<typeof webhooksRpc.create.request>;
/** Which one; with a revision only while it is at that. */
type Named = { id: string; revision?: number };
type List = z.output<typeof webhooksRpc.list.request>;

/** The endpoints of whoever asks; nobody sees another's. Coordinators and administrators share those of the platform. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deliveries: WebhookDeliveries,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  create(body: Create, ctx: CallContext) {
    const owner = ownerOf(ctx.actor);
    const refusal = refusalOf(new URL(body.url), reachOf(this.config));
    if (refusal) throw invalid([{ pointer: '/url', detail: REFUSED[refusal] ?? refusal }]);
    return runOnce(this.dataSource, ctx, 'webhook.create', body, async (manager) => {
      await this.makeRoom(manager, owner);
      const webhook = manager.create(WebhookEntity, {
        id: uuidv7(),
        revision: 1,
        ownerKind: owner.kind,
        ownerId: owner.id,
        url: body.url,
        kinds: body.kinds ? [...new Set(body.kinds)] : null,
        description: body.description ?? null,
        secret: newSecret(),
        previousSecret: null,
        previousUntil: null,
        state: 'enabled',
        disabledBecause: null,
        failures: 0,
        failingSince: null,
        restUntil: null,
        lastSentAt: null,
        createdAt: this.clock.now(),
      });
      await manager.insert(WebhookEntity, webhook);
      return { ...this.shown(webhook), secret: webhook.secret };
    });
  }

  async list(query: List, ctx: CallContext) {
    const cursor = idOfCursor(query.cursor);
    const list = ownedBy(this.dataSource.manager, ownerOf(ctx.actor))
      .orderBy('webhook.id', 'DESC')
      .limit(query.limit + 1);
    if (cursor !== undefined) list.andWhere('webhook.id < :cursor', { cursor });
    const rows = await list.getMany();
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor = last && rows.length > page.length ? cursorAfter(last.id) : null;
    return { items: page.map((row) => this.shown(row)), nextCursor };
  }

  async get(id: string, ctx: CallContext): Promise<WebhookEndpoint> {
    return this.shown(await this.own(this.dataSource.manager, { id }, ctx));
  }

  async remove(named: Named, ctx: CallContext) {
    return this.dataSource.transaction(async (manager) => {
      const { id } = await this.held(manager, named, ctx);
      await manager.delete(WebhookEntity, { id });
      return { id };
    });
  }

  rotate(named: Named, ctx: CallContext) {
    return runOnce(this.dataSource, ctx, 'webhook.rotate', named, async (manager) => {
      const { id, secret: previousSecret } = await this.held(manager, named, ctx);
      const previousUntil = new Date(this.clock.now().getTime() + DAY_MS);
      const secret = newSecret();
      await change(manager, id, { secret, previousSecret, previousUntil });
      return { ...this.shown(await this.own(manager, { id }, ctx)), secret };
    });
  }

  enable(named: Named, ctx: CallContext): Promise<WebhookEndpoint> {
    return runOnce(this.dataSource, ctx, 'webhook.enable', named, async (manager) => {
      const { id } = await this.held(manager, named, ctx);
      await change(manager, id, {
        state: 'enabled',
        disabledBecause: null,
        failures: 0,
        failingSince: null,
        restUntil: null,
      });
      return this.shown(await this.own(manager, { id }, ctx));
    });
  }

  replay(named: Named, since: Date, ctx: CallContext): Promise<number> {
    return runOnce(this.dataSource, ctx, 'webhook.replay', { ...named, since }, async (manager) => {
      const now = this.clock.now();
      if (now.getTime() - since.getTime() > REPLAY_DAYS * DAY_MS)
        throw invalid([{ pointer: '/since', detail: `must not be more than ${REPLAY_DAYS} days ago` }]);
      const id = await this.enabled(manager, named, ctx);
      return this.deliveries.replay(manager, id, since, now);
    });
  }

  test(named: Named, ctx: CallContext) {
    return runOnce(this.dataSource, ctx, 'webhook.test', named, async (manager) => {
      const id = await this.enabled(manager, named, ctx);
      return this.deliveries.ping(manager, id, this.clock.now());
    });
  }

  private async enabled(manager: EntityManager, named: Named, ctx: CallContext): Promise<string> {
    const { id, state } = await this.held(manager, named, ctx);
    if (state !== 'enabled') throw new Problem('wrong-state', 'The webhook is switched off: enable it first');
    return id;
  }

  /** The caller's own webhook, locked until the transaction ends. */
  private async held(manager: EntityManager, { id, revision }: Named, ctx: CallContext): Promise<WebhookEntity> {
    const webhook = await this.own(manager, { id }, ctx, true);
    if (revision !== undefined && revision !== webhook.revision) throw revisionMismatch('webhook', webhook.revision);
    return webhook;
  }

  private async own(manager: EntityManager, { id }: Named, ctx: CallContext, lock = false): Promise<WebhookEntity> {
    const query = ownedBy(manager, ownerOf(ctx.actor)).andWhere('webhook.id = :id', { id });
    const webhook = await (lock ? query.setLock('for_no_key_update') : query).getOne();
    if (!webhook) throw notFound('webhook');
    return webhook;
  }

  /** Refuses who was erased, and one endpoint too many. The lock on the recipient makes two requests at once count one after the other. */
  private async makeRoom(manager: EntityManager, owner: WebhookOwner): Promise<void> {
    if (owner.kind !== 'platform') {
      const known = await manager.query<unknown[]>(
        `INSERT INTO recipient (kind, id) VALUES ($1, $2)
         ON CONFLICT (kind, id) DO UPDATE SET id = EXCLUDED.id WHERE recipient.erased_at IS NULL RETURNING id`,
        [owner.kind, owner.id],
      );
      if (known.length === 0) throw new Problem('forbidden', 'Who was erased cannot have webhooks');
    }
    if ((await ownedBy(manager, owner).getCount()) >= MOST[owner.kind])
      throw new Problem('conflict', `There can be ${MOST[owner.kind]} webhooks at most`);
  }

  private shown(webhook: WebhookEntity): WebhookEndpoint {
    const { id, revision, url, kinds, description, state, disabledBecause, failures } = webhook;
    const stillSigns = webhook.previousUntil && webhook.previousUntil > this.clock.now();
    return {
      ...{ id, revision, url, kinds, description, state, disabledBecause, failures },
      lastSentAt: webhook.lastSentAt?.toISOString() ?? null,
      previousSecretUntil: stillSigns ? webhook.previousUntil!.toISOString() : null,
      createdAt: webhook.createdAt.toISOString(),
    };
  }
}

/** Whoever is responsible for a part of the people only must not hear of all of them. */
function ownerOf(actor: Actor): WebhookOwner {
  const party = partyOf(actor);
  if (party) return party;
  if (actor.kind === 'admin' || (actor.kind === 'coordinator' && actor.territories.includes('*')))
    return { kind: 'platform', id: null };
  throw new Problem('forbidden', 'Webhooks are for firms, experts, and those who keep the whole platform');
}

function ownedBy(manager: EntityManager, { kind, id }: WebhookOwner) {
  return manager
    .createQueryBuilder(WebhookEntity, 'webhook')
    .where('webhook.owner_kind = :kind AND webhook.owner_id IS NOT DISTINCT FROM CAST(:owner AS uuid)', {
      kind,
      owner: id,
    });
}

async function change(manager: EntityManager, id: string, fields: Partial<WebhookEntity>): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(WebhookEntity)
    .set({ ...fields, revision: () => 'revision + 1' })
    .where('id = :id', { id })
    .execute();
}

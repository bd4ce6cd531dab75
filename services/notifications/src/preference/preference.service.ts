import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type CallContext,
  companiesRpc,
  expertsRpc,
  type Mute,
  type PreferenceChoice,
  type Preferences,
  Problem,
  preferencesRpc,
} from '#libs/contracts';
import { runOnce } from '#libs/records';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { effective } from './defaults.js';
import { Mutes } from './mutes.js';
import { PreferenceStore, type Recipient, recipientOf } from './preference.store.js';

interface Row {
  revision: number;
  choice: PreferenceChoice;
}

/** How firms and experts want to be told. Each sees and changes their own. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: PreferenceStore,
    private readonly mutes: Mutes,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async get(ctx: CallContext): Promise<Preferences> {
    return this.read(this.dataSource.manager, ownerOf(ctx), ctx);
  }

  /** Replaces the choice. What waits is decided anew by it. */
  async put(revision: number, choice: PreferenceChoice, ctx: CallContext): Promise<Preferences> {
    const owner = ownerOf(ctx);
    return runOnce(this.dataSource, ctx, preferencesRpc.put.subject, { revision, choice }, async (manager) => {
      await makeRecipient(manager, owner);
      const current = (await rowOf(manager, owner, true))?.revision ?? 1;
      if (current !== revision) {
        throw new Problem('revision-mismatch', `The preferences are at revision ${current} by now`);
      }
      await write(manager, owner, choice, this.clock.now());
      return this.read(manager, owner, ctx);
    });
  }

  async listMutes(ctx: CallContext): Promise<Mute[]> {
    return this.mutes.list(this.dataSource.manager, ownerOf(ctx), ctx.lang);
  }

  async unmute(id: string, ctx: CallContext): Promise<{ id: string }> {
    if (await this.mutes.remove(this.dataSource.manager, ownerOf(ctx), id)) return { id };
    throw new Problem('not-found', 'There is no such mute');
  }

  private async read(manager: EntityManager, owner: Recipient, { lang }: CallContext): Promise<Preferences> {
    const row = await rowOf(manager, owner);
    const [refused] = await manager.query<unknown[]>(
      `SELECT 1 FROM refused_address WHERE recipient_kind = $1 AND recipient_id = $2`,
      [owner.kind, owner.id],
    );
    const country = row?.choice.timeZone ? undefined : await this.country(owner);
    return {
      id: owner.id,
      revision: row?.revision ?? 1,
      ...effective(row?.choice ?? {}, this.store.house, country),
      mail: { refused: refused !== undefined },
      mutes: await this.mutes.list(manager, owner, lang),
    };
  }

  /** Where they are, as far as their profile says it now. */
  private async country({ kind, id }: Recipient): Promise<string | undefined> {
    const contract = kind === 'firm' ? companiesRpc.cards : expertsRpc.cards;
    const found = await this.rpc.call(contract, { ids: [id] }, serviceContext('notifications')).catch(() => undefined);
    return found?.items[0]?.country;
  }
}

/** Switches mails of some kinds off for somebody, whatever else they chose. */
export async function mailsOff(
  manager: EntityManager,
  owner: Recipient,
  kinds: Preferences['mutes'][number]['kind'][],
  now: Date,
): Promise<void> {
  await makeRecipient(manager, owner);
  const choice = (await rowOf(manager, owner, true))?.choice ?? {};
  const off = Object.fromEntries(kinds.map((kind) => [kind, { ...choice.rhythms?.[kind], email: 'never' as const }]));
  await write(manager, owner, { ...choice, rhythms: { ...choice.rhythms, ...off } }, now);
}

function ownerOf({ actor }: CallContext): Recipient {
  const owner = recipientOf(actor);
  if (!owner) throw new Problem('forbidden', 'Only firms and experts are told, and say how');
  return owner;
}

// Also who was never told anything may choose; whoever was erased is gone.
async function makeRecipient(manager: EntityManager, { kind, id }: Recipient): Promise<void> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO recipient (kind, id) VALUES ($1, $2)
     ON CONFLICT (kind, id) DO UPDATE SET last_place = recipient.last_place WHERE recipient.erased_at IS NULL RETURNING id`,
    [kind, id],
  );
  if (rows.length === 0) throw new Problem('not-found', 'This profile does not exist any more');
}

async function rowOf(manager: EntityManager, { kind, id }: Recipient, lock = false): Promise<Row | undefined> {
  const [row] = await manager.query<Row[]>(
    `SELECT revision, choice FROM preference WHERE recipient_kind = $1 AND recipient_id = $2 ${lock ? 'FOR UPDATE' : ''}`,
    [kind, id],
  );
  return row;
}

async function write(
  manager: EntityManager,
  { kind, id }: Recipient,
  choice: PreferenceChoice,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO preference (recipient_kind, recipient_id, revision, choice, changed_at) VALUES ($1, $2, 2, $3, $4)
     ON CONFLICT (recipient_kind, recipient_id) DO UPDATE
       SET revision = preference.revision + 1, choice = EXCLUDED.choice, changed_at = EXCLUDED.changed_at`,
    [kind, id, JSON.stringify(choice), now],
  );
  // A letter that was tried already keeps its own pauses.
  await manager.query(
    `UPDATE delivery SET next_at = $3, digest_at = NULL
     WHERE recipient_kind = $1 AND recipient_id = $2 AND state = 'pending' AND attempts = 0 AND letter_id IS NULL AND next_at > $3`,
    [kind, id, now],
  );
  if (manager.queryRunner) manager.queryRunner.data.deliveriesAdded = true;
}

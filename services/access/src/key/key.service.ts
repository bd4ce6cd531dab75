import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type AccountScope,
  type Actor,
  type ApiKey,
  accessRpc,
  type CallContext,
  type KeyCreate,
  type keyWithSecretSchema,
  Problem,
} from '#libs/contracts';
import { notFound } from '#libs/records';
import { Clock, RpcClient } from '#libs/service';
import { disposable, holdParty } from '../membership/party.js';
import { showOnce } from './once.js';
import { newSecret } from './secret.js';

type WithSecret = z.infer<typeof keyWithSecretSchema>;

/** A rotated key works beside its successor for a day, so that nothing stands still while it is exchanged. */
const OVERLAP_MS = 86_400_000;
const KEYS_MAX = 20;

interface Row {
  id: string;
  revision: number;
  label: string;
  firm_id: string | null;
  scopes: AccountScope[];
  hint: string;
  created_at: Date;
  expires_at: Date | null;
  previous_until: Date | null;
  last_used_on: string | null;
  revoked_at: Date | null;
}

const COLUMNS = `id, revision, label, firm_id, scopes, hint, created_at, expires_at, previous_until, last_used_on::text, revoked_at`;

/** Keys of programs. Each is shown once, when it is made. */
@Injectable()
export class KeyService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async create(request: KeyCreate, ctx: CallContext): Promise<WithSecret> {
    const { label, scopes, firmId, days } = request;
    if (firmId) await disposable(this.rpc, { kind: 'firm', id: firmId }, ctx);
    else requireAdmin(ctx);
    const { secret, hash } = newSecret('ck_');
    const now = this.clock.now();
    return showOnce(this.db, ctx, accessRpc.createKey.subject, request, async (manager) => {
      if (firmId) await holdParty(manager, { kind: 'firm', id: firmId });
      const [count] = await manager.query<{ n: number }[]>(
        'SELECT count(*)::int AS n FROM api_key WHERE firm_id IS NOT DISTINCT FROM $1 AND revoked_at IS NULL',
        [firmId ?? null],
      );
      if (count!.n >= KEYS_MAX) throw new Problem('conflict', `There are ${KEYS_MAX} keys already: revoke one first.`);
      const [row] = await manager.query<Row[]>(
        `INSERT INTO api_key (id, revision, label, firm_id, scopes, hint, key_hash, created_at, expires_at)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
        [
          uuidv7(),
          label,
          firmId ?? null,
          [...new Set(scopes)],
          secret.slice(0, 9),
          hash,
          now,
          days ? new Date(now.getTime() + days * 86_400_000) : null,
        ],
      );
      return { ...viewOf(row!), key: secret };
    });
  }

  /** The keys of the firm that asks; those of the platform for administrators. */
  async list(ctx: CallContext): Promise<{ items: ApiKey[] }> {
    const { actor } = ctx;
    if (actor.kind === 'firm') await disposable(this.rpc, actor, ctx);
    else requireAdmin(ctx);
    const rows = await this.db.query<Row[]>(
      `SELECT ${COLUMNS} FROM api_key WHERE firm_id IS NOT DISTINCT FROM $1 ORDER BY id DESC`,
      [actor.kind === 'firm' ? actor.id : null],
    );
    return { items: rows.map(viewOf) };
  }

  /** A new secret for the key; the old one works for another day. */
  rotate(id: string, ctx: CallContext): Promise<WithSecret> {
    const { secret, hash } = newSecret('ck_');
    const until = new Date(this.clock.now().getTime() + OVERLAP_MS);
    return this.changed(accessRpc.rotateKey.subject, id, ctx, async (manager) => {
      const [rows] = await manager.query<[Row[], number]>(
        `UPDATE api_key SET previous_hash = key_hash, previous_until = $3, key_hash = $2, hint = $4, revision = revision + 1
         WHERE id = $1 AND revoked_at IS NULL RETURNING ${COLUMNS}`,
        [id, hash, until, secret.slice(0, 9)],
      );
      if (!rows[0]) throw new Problem('wrong-state', 'The key is revoked.');
      return { ...viewOf(rows[0]), key: secret };
    });
  }

  /** Ends the key, the one before a rotation included. It stays in the list. */
  revoke(id: string, ctx: CallContext): Promise<{ id: string }> {
    return this.changed(accessRpc.revokeKey.subject, id, ctx, async (manager) => {
      await manager.query(
        `UPDATE api_key SET revoked_at = $2, previous_hash = NULL, previous_until = NULL, revision = revision + 1
         WHERE id = $1 AND revoked_at IS NULL`,
        [id, this.clock.now()],
      );
      return { id };
    });
  }

  /** The account behind a key. One Problem whatever is wrong with it. */
  async verify(hash: string): Promise<{ actor: Actor; expiresAt: string | null }> {
    const now = this.clock.now();
    const [row] = await this.db.query<(Row & { current: boolean })[]>(
      `SELECT ${COLUMNS}, key_hash = $1 AS current FROM api_key
       WHERE (key_hash = $1 OR (previous_hash = $1 AND previous_until > $2)) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
      [hash, now],
    );
    if (!row) throw new Problem('unauthenticated', 'The key is not valid.');
    const today = now.toISOString().slice(0, 10);
    if (row.last_used_on !== today)
      await this.db.query('UPDATE api_key SET last_used_on = $2 WHERE id = $1', [row.id, today]);
    const ends = [row.expires_at, row.current ? null : row.previous_until].filter((end) => end !== null);
    const first = ends.sort((a, b) => a.getTime() - b.getTime())[0];
    const actor: Actor = { kind: 'account', id: row.id, scopes: row.scopes, ...(row.firm_id && { firm: row.firm_id }) };
    return { actor, expiresAt: first?.toISOString() ?? null };
  }

  private async changed<T extends { id: string }>(
    operation: string,
    id: string,
    ctx: CallContext,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    const [row] = await this.db.query<{ firm_id: string | null }[]>('SELECT firm_id FROM api_key WHERE id = $1', [id]);
    if (!row) throw notFound('key');
    if (ctx.actor.kind !== 'admin') {
      if (!row.firm_id) throw notFound('key');
      await disposable(this.rpc, { kind: 'firm', id: row.firm_id }, ctx).catch(() => {
        throw notFound('key');
      });
    }
    return showOnce(this.db, ctx, operation, { id }, work);
  }
}

function requireAdmin({ actor }: CallContext): void {
  if (actor.kind !== 'admin') throw new Problem('forbidden', 'Keys of the platform are for administrators.');
}

function viewOf(row: Row): ApiKey {
  return {
    id: row.id,
    revision: row.revision,
    label: row.label,
    firmId: row.firm_id,
    scopes: row.scopes,
    hint: row.hint,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    previousUntil: row.previous_until?.toISOString() ?? null,
    lastUsedOn: row.last_used_on,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

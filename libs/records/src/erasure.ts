import { createHash } from 'node:crypto';
import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import type { Party } from '#libs/contracts';
import { ImportKey } from './import-key.entity.js';

/** What is left of an erased object: nothing that names it, enough to keep it from coming back. */
@Entity('tombstone')
export class Tombstone {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') revision!: number;
  /** Hashes of the keys under which imports knew the object. */
  @Column('text', { name: 'key_hashes', array: true }) keyHashes!: string[];
  @Column('timestamptz', { name: 'erased_at' }) erasedAt!: Date;

  /** Erases the import keys of an object and leaves a tombstone, in the transaction that deletes its rows. */
  static async lay(manager: EntityManager, id: string, revision: number, erasedAt: Date): Promise<void> {
    const keys = await manager.find(ImportKey, { where: { id } });
    await manager.delete(ImportKey, { id });
    const keyHashes = keys.map((key) => keyHash(key.source, key.externalKey));
    await manager.insert(Tombstone, { id, revision, keyHashes, erasedAt });
  }

  /** Those of the keys that belonged to an erased object. */
  static async among(manager: EntityManager, source: string, keys: string[]): Promise<Set<string>> {
    const byHash = new Map(keys.map((key) => [keyHash(source, key), key]));
    const rows = await manager.query<{ hash: string }[]>(
      'SELECT DISTINCT hash FROM tombstone, unnest(key_hashes) AS hash WHERE key_hashes && $1::text[]',
      [[...byHash.keys()]],
    );
    return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
  }
}

/** Deletes the answers kept for repeated requests that show these objects: they would outlive an erasure by days. */
export async function forgetAnswers(manager: EntityManager, ids: string[]): Promise<void> {
  await manager.query(`DELETE FROM idempotency WHERE response->'value'->>'id' = ANY($1)`, [ids]);
}

function keyHash(source: string, key: string): string {
  return createHash('sha256').update(`${source}\0${key}`).digest('base64url');
}

/**
 * Deletes what the messaging tables keep of a firm or an expert: answers for their repeated requests, and dead letters that name them, save those that
 * tell of the erasure itself, which must still be handled. In the transaction of the erasure.
 */
export async function forgetParty(manager: EntityManager, { kind, id }: Party): Promise<void> {
  await manager.query(`DELETE FROM idempotency WHERE split_part(actor, ' ', 1) = $1`, [`${kind}:${id}`]);
  await manager.query(
    `DELETE FROM dead_letter WHERE position(convert_to($1, 'UTF8') IN raw) > 0 AND subject NOT LIKE '%.company-erased.%'
       AND subject NOT LIKE '%.expert-erased.%' AND subject NOT LIKE '%.erasure-%'`,
    [id],
  );
}

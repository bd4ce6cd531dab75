import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type CallContext, callerName, Problem } from '#libs/contracts';

/**
 * Runs a command at most once for its caller's `Idempotency-Key`. Call it first in the command's transaction.
 * A repeat gets the first answer back (as JSON: `work` returns plain data), concurrent equal requests wait for the first one,
 * and another request under the same key is a Problem `idempotency-key-reused`. When `work` fails, the key stays unused.
 */
export async function idempotent<T>(
  manager: EntityManager,
  ctx: CallContext,
  operation: string,
  data: unknown,
  work: () => Promise<T>,
): Promise<T> {
  if (!ctx.idempotencyKey) return work();
  if (!manager.queryRunner?.isTransactionActive)
    throw new Error('idempotent() needs the manager of a running transaction');
  const actor = callerName(ctx);
  const key = ctx.idempotencyKey;
  const hash = createHash('sha256')
    .update(canonical([operation, data]))
    .digest('hex');
  // The unique key makes a concurrent twin wait here until the first transaction ends, one way or the other.
  const inserted = await manager.query<unknown[]>(
    `INSERT INTO idempotency (actor, key, operation, request_hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key`,
    [actor, key, operation, hash],
  );
  if (inserted.length === 0) {
    const [first] = await manager.query<{ request_hash: string; response: { value: T } }[]>(
      `SELECT request_hash, response FROM idempotency WHERE actor = $1 AND key = $2`,
      [actor, key],
    );
    if (!first) throw new Problem('unavailable', 'The first answer to this key expired this very moment; try again');
    if (first.request_hash !== hash)
      throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used for another request');
    return first.response.value;
  }
  const value = await work();
  await manager.query(`UPDATE idempotency SET response = $3 WHERE actor = $1 AND key = $2`, [
    actor,
    key,
    JSON.stringify({ value }),
  ]);
  return value;
}

/** JSON with sorted keys: the order in which a client writes its fields makes no other request. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

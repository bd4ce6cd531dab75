import type { DataSource, EntityManager } from 'typeorm';
import { type CallContext, Problem } from '#libs/contracts';
import { runOnce } from '#libs/records';

/**
 * Runs a command whose answer holds a secret, once for its caller's idempotency key. The secret is in the first answer alone: to keep it for a repeat would
 * be to keep it. A repeat changes nothing and is told so.
 */
export async function showOnce<T extends { id: string }>(
  db: DataSource,
  ctx: CallContext,
  operation: string,
  data: unknown,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  let shown: T | undefined;
  const { id } = await runOnce(db, ctx, operation, data, async (manager) => {
    shown = await work(manager);
    return { id: shown.id };
  });
  if (shown) return shown;
  throw new Problem('conflict', `This request was done already (${id}); its secret was in the first answer alone.`);
}

import type { DataSource, EntityManager } from 'typeorm';
import type { CallContext } from '#libs/contracts';
import { idempotent } from '#libs/messaging';

/** Runs a command in one transaction, once for its caller's idempotency key: what it changes, its events and its answer are kept together or not at all. */
export function runOnce<T>(
  db: DataSource,
  ctx: CallContext,
  operation: string,
  data: unknown,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return db.transaction((manager) => idempotent(manager, ctx, operation, data, () => work(manager)));
}

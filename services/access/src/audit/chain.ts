import { createHash } from 'node:crypto';
import type { AuditEntry } from '#libs/contracts';

export type Unchained = Omit<AuditEntry, 'hash'>;

/** What stands before the first entry. */
export const BEGINNING = '0'.repeat(64);

/** The hash of an entry: of everything it says and of the hash before it, so that no entry can be changed, taken out or moved alone. */
export function chained(entry: Unchained, before: string): string {
  const { seq, at, actor, subject, operation, targets, requestId } = entry;
  return createHash('sha256')
    .update(JSON.stringify([before, seq, at, actor, subject, operation, targets, requestId]))
    .digest('hex');
}

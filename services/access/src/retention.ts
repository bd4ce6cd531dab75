import type { Retention } from '#libs/messaging';

/** What is deleted when. Consents stay while the firm or expert does, the audit log and the records of erasures for ever: they name nobody. */
export const RETENTION: readonly Retention[] = [
  { table: 'invitation', age: 'coalesce(used_at, expires_at)', days: 30 },
  { table: 'claim', age: 'decided_at', days: 365 },
  // Long enough to find out what a key was that still knocks.
  { table: 'api_key', age: 'least(revoked_at, expires_at)', days: 365 },
];

import type { EntityManager } from 'typeorm';
import type { Party } from '#libs/contracts';

// Everybody takes them in this order: an opportunity, then the parties in the order of their names, then rows.

/** Holds an opportunity as it is until the transaction ends: many may ask about it at once, and whoever hears that it was closed waits for them all. */
export async function lockOpportunity(manager: EntityManager, id: string, mode: 'shared' | 'alone'): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await manager.query(`SELECT ${lock}(hashtextextended($1, 0))`, [`opportunity ${id}`]);
}

/** Lets nobody else change what these firms and experts have in hand until the transaction ends. */
export async function lockParties(manager: EntityManager, parties: readonly Party[]): Promise<void> {
  const names = [...new Set(parties.map(({ kind, id }) => `${kind} ${id}`))].sort();
  for (const name of names) await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

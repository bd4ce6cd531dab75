import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Disclosure, Party } from '#libs/contracts';
import { dayOf } from '../deadline/deadline.js';

interface Entry {
  interestId: string;
  act: Disclosure['act'];
  /** Whose contact. */
  of: Party;
  to: Party;
}

/** Writes into the ledger in the caller's transaction. What was seen already on the same day is not written again. */
export async function enter(manager: EntityManager, entries: readonly Entry[], now: Date): Promise<void> {
  for (const { interestId, act, of, to } of entries) {
    await manager.query(
      `INSERT INTO disclosure (id, interest_id, act, of_kind, of_id, to_kind, to_id, at, day)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [uuidv7(), interestId, act, of.kind, of.id, to.kind, to.id, now, dayOf(now)],
    );
  }
}

/** Both contacts, each to the other side. */
export function mutually(act: 'opened' | 'closed', interestId: string, one: Party, other: Party): Entry[] {
  return [
    { interestId, act, of: one, to: other },
    { interestId, act, of: other, to: one },
  ];
}

import type { EntityManager } from 'typeorm';
import type { Party } from '#libs/contracts';

/** Deletes what was written in questions that a firm or an expert asked, and in those that speak of it; what is open ends. In the caller's transaction, under the party's lock. */
export async function forgetHelp(manager: EntityManager, { kind, id }: Party): Promise<void> {
  await manager.query(
    `UPDATE help_request SET text = NULL, answer = NULL, revision = revision + 1,
       state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END
     WHERE (asker_kind = $1 AND asker_id = $2) OR (other_kind = $1 AND other_id = $2)`,
    [kind, id],
  );
}

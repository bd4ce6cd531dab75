import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { suggestionDismissed } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import type { SuggestionEntity } from './suggestion.entity.js';
import { newsOf } from './suggestion.news.js';

/** Sets a suggestion aside for good and tells so, in the caller's transaction, which holds the row. */
export async function setAside(
  manager: EntityManager,
  outbox: Outbox,
  row: SuggestionEntity,
  by: z.output<typeof suggestionDismissed.data>['by'],
): Promise<void> {
  row.state = 'dismissed';
  row.revision++;
  await manager.save(row);
  await outbox.add(manager, suggestionDismissed, { aggregateId: row.id, data: { ...newsOf(row), by } });
}

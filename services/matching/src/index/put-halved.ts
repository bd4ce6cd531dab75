import type { Logger } from '@nestjs/common';
import type { SearchDocument } from './document.js';
import { failedTasks } from './index.metrics.js';
import { failure, type SearchEngine } from './search-engine.js';

/** Sends documents; a batch that the engine refuses is halved until the bad document stands alone. Answers with those refused and why; rejects when the engine fails. */
export async function putHalved(
  engine: SearchEngine,
  uid: string,
  documents: readonly SearchDocument[],
  logger: Logger,
): Promise<Map<string, string>> {
  const task = await engine.put(uid, [...documents]);
  if (task.status === 'succeeded') return new Map();
  failedTasks.inc();
  const [first] = documents;
  if (task.error?.type !== 'invalid_request' || task.error.code === 'index_not_found' || !first) throw failure(task);
  if (documents.length === 1) {
    logger.error(`Meilisearch refuses subject ${first.id}: ${task.error.message}`);
    return new Map([[first.id, task.error.message]]);
  }
  const middle = Math.ceil(documents.length / 2);
  const left = await putHalved(engine, uid, documents.slice(0, middle), logger);
  const right = await putHalved(engine, uid, documents.slice(middle), logger);
  return new Map([...left, ...right]);
}

import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Meilisearch, MultiSearchQuery, Task } from 'meilisearch';
import { SUBJECT_TYPES, type SubjectType } from '#libs/contracts';
import { INDEX_SETTINGS, type SearchDocument } from './document.js';
import { meili, refusalCode } from './meili.js';

const SEARCH_TIMEOUT_MS = 2000;
const WRITE_TIMEOUT_MS = 60_000;
/** Questions about tasks and figures, which a living engine answers at once. */
const ASK_TIMEOUT_MS = 5000;
/** After a search that failed, later ones go straight to the plain answer for this long instead of waiting in line. */
const AWAY_MS = 1000;
/** An index that came into being by a mere document knows no field to filter by: asked so, it refuses instead of answering with the little it has. */
const PREPARED = 'country EXISTS';
const NAMES: Record<SubjectType, string> = { expert: 'experts', company: 'companies', opportunity: 'opportunities' };

/** What was found for one query: how many subjects meet it, and the first of them. */
export interface Found {
  hits: { id: string; revision: number }[];
  total: number;
}

export type TermQuery = Omit<MultiSearchQuery, 'indexUid'>;

export interface SearchEngineOptions {
  MEILI_URL: string;
  MEILI_INDEX_KEY: string;
  MEILI_SEARCH_KEY: string;
  MEILI_PREFIX: string;
}

/** The competence indexes in Meilisearch, one for each type of subject. */
export class SearchEngine {
  private readonly reader: Meilisearch;
  private readonly writer: Meilisearch;
  private readonly asker: Meilisearch;
  private readonly prefix: string;
  private readonly closing = new AbortController();
  private awayUntil = 0;

  constructor(options: SearchEngineOptions) {
    this.reader = meili(options.MEILI_URL, options.MEILI_SEARCH_KEY, SEARCH_TIMEOUT_MS);
    this.writer = meili(options.MEILI_URL, options.MEILI_INDEX_KEY, WRITE_TIMEOUT_MS);
    this.asker = meili(options.MEILI_URL, options.MEILI_INDEX_KEY, ASK_TIMEOUT_MS);
    this.prefix = options.MEILI_PREFIX;
  }

  /** Waits for no task any more, from now on: whoever waits for one is told that the service ends. What was sent takes its course. */
  stopWaiting(): void {
    this.closing.abort(new Error('The service ends'));
  }

  uid(type: SubjectType): string {
    return `${this.prefix}${NAMES[type]}`;
  }

  /** Several queries on one index in one request. Rejects when the engine cannot be asked or has no such index. */
  async search(type: SubjectType, queries: readonly TermQuery[]): Promise<Found[]> {
    if (Date.now() < this.awayUntil) throw new Error('Meilisearch did not answer a moment ago');
    // One search alone tries whether it is back; were the engine silent, all others would wait with it.
    if (this.awayUntil > 0) this.awayUntil = Date.now() + SEARCH_TIMEOUT_MS;
    const indexUid = this.uid(type);
    const prepared = (query: TermQuery) => ({ ...query, indexUid, filter: [...(query.filter ?? []), PREPARED] });
    try {
      const { results } = await this.reader.multiSearch({ queries: queries.map(prepared) });
      this.awayUntil = 0;
      return results.map((result) => ({ hits: result.hits as Found['hits'], total: result.estimatedTotalHits ?? 0 }));
    } catch (error) {
      const refusal = refusalCode(error);
      // An index without a single document knows no field to search in: that is an answer, not a fault.
      if (refusal === 'invalid_search_attributes_to_search_on') return queries.map(() => ({ hits: [], total: 0 }));
      this.awayUntil = refusal === undefined ? Date.now() + AWAY_MS : 0;
      throw error;
    }
  }

  /** Number of documents of each index; an absent index is absent here. */
  async counts(): Promise<Map<SubjectType, number>> {
    const { indexes } = await this.asker.getStats();
    const counts = new Map<SubjectType, number>();
    for (const type of SUBJECT_TYPES) {
      const stats = indexes[this.uid(type)];
      if (stats) counts.set(type, stats.numberOfDocuments);
    }
    return counts;
  }

  /** Whether an index has the product's settings: one that came into being by a mere document has not. */
  async isPrepared(uid: string): Promise<boolean> {
    const settings = await this.asker.index(uid).getSettings();
    const same = (name: 'searchableAttributes' | 'rankingRules' | 'prefixSearch' | 'filterableAttributes') =>
      isDeepStrictEqual(settings[name], INDEX_SETTINGS[name]);
    return same('searchableAttributes') && same('rankingRules') && same('prefixSearch') && same('filterableAttributes');
  }

  /** Makes an index with the product's settings; one that exists gets the settings. */
  async prepare(uid: string): Promise<void> {
    const made = await this.finished(await this.writer.createIndex(uid, { primaryKey: 'id' }));
    if (made.status !== 'succeeded' && made.error?.code !== 'index_already_exists') throw failure(made);
    const set = await this.finished(await this.writer.index(uid).updateSettings(INDEX_SETTINGS));
    if (set.status !== 'succeeded') throw failure(set);
  }

  /** Sends documents; answers with the finished task, which may have failed. */
  async put(uid: string, documents: SearchDocument[]): Promise<Task> {
    return this.finished(await this.writer.index(uid).addDocuments(documents, { primaryKey: 'id' }));
  }

  async remove(uid: string, ids: string[]): Promise<Task> {
    return this.finished(await this.writer.index(uid).deleteDocuments(ids));
  }

  /** Exchanges what two indexes hold, in one step for every search. */
  async swap(first: string, second: string): Promise<void> {
    const createdAt = async (uid: string) => String((await this.writer.index(uid).getRawInfo()).createdAt);
    const wanted = await createdAt(second);
    await this.writer.swapIndexes([{ indexes: [first, second], rename: false }]);
    // A task of two indexes is shown to no key that is limited to some. Tasks are done in turn, and what an index holds takes its date along.
    await this.remove(second, ['none']);
    if ((await createdAt(first)) !== wanted) throw new Error(`Meilisearch did not swap ${first} and ${second}`);
  }

  /** Gives an index the name of one that does not exist. */
  async rename(uid: string, name: string): Promise<void> {
    await this.writer.swapIndexes([{ indexes: [uid, name], rename: true }]);
    const asked = await this.remove(name, ['none']);
    if (asked.status !== 'succeeded') throw new Error(`Meilisearch did not rename ${uid} to ${name}`);
  }

  async drop(uid: string): Promise<void> {
    await this.finished(await this.writer.deleteIndex(uid));
  }

  /** Ids and revisions that an index holds, page by page. */
  async *listed(uid: string): AsyncGenerator<Found['hits']> {
    const limit = 10_000;
    for (let offset = 0; ; offset += limit) {
      const { results } = await this.writer.index(uid).getDocuments({ fields: ['id', 'revision'], limit, offset });
      if (results.length > 0) yield results as Found['hits'];
      if (results.length < limit) return;
    }
  }

  private async finished(task: { taskUid: number }): Promise<Task> {
    for (let wait = 10; ; wait = Math.min(wait * 1.5, 400)) {
      const state = await this.asker.tasks.getTask(task.taskUid);
      if (state.status !== 'enqueued' && state.status !== 'processing') return state;
      await pause(wait, undefined, { signal: this.closing.signal }).catch(() => this.closing.signal.throwIfAborted());
    }
  }
}

/** An error that says why a task did not succeed. */
export function failure(task: Task): Error {
  return new Error(
    `Meilisearch task ${task.uid} (${task.type}) ${task.status}: ${task.error?.message ?? 'no reason given'}`,
  );
}

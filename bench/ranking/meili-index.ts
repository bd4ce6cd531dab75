import type { SearchParams } from 'meilisearch';
import { meili } from '../../services/matching/src/index/meili.js';
import { allowed, best, type Evidence } from './evidence.js';
import type { Corpus, Query } from './set.js';
import type { Ranked, RankOptions, Surroundings } from './system.js';

const BATCH = 10_000;
const TIMEOUT = 120_000;
/** As many hits as Meilisearch gives at most unless told otherwise. */
const HITS = 1_000;
const done = { timeout: 600_000, interval: 20 };
let made = 0;

/**
 * An index with one document per piece of evidence and Meilisearch's own settings throughout. As with BM25, hits that are pieces with ids of their own add up their
 * ranking scores, among texts without ids the best counts; in a sample, where scores are compared between queries, the best counts.
 */
export class MeiliIndex {
  private readonly client;
  private readonly uid = `bench_${process.pid}_${++made}`;
  private corpus!: Corpus;
  private evidence: readonly Evidence[] = [];
  private last = { q: '', hits: [] as Hit[] };

  constructor({ meilisearch }: Surroundings) {
    this.client = meili(meilisearch.url, meilisearch.masterKey, TIMEOUT);
  }

  /** `text` says what stands in the one searchable field. */
  async fill(corpus: Corpus, evidence: readonly Evidence[], text: (evidence: Evidence, at: number) => string) {
    this.corpus = corpus;
    this.evidence = evidence;
    await this.client.createIndex(this.uid, { primaryKey: 'id' }).waitTask(done);
    const index = this.client.index(this.uid);
    await index.updateSettings({ searchableAttributes: ['text'] }).waitTask(done);
    const documents = evidence.map((piece, id) => ({ id, text: text(piece, id) }));
    const tasks = [];
    for (let at = 0; at < documents.length; at += BATCH)
      tasks.push(await index.addDocuments(documents.slice(at, at + BATCH)));
    for (const { taskUid } of tasks) {
      const { status, error } = await this.client.tasks.waitForTask(taskUid, done);
      if (status !== 'succeeded') throw new Error(`Meilisearch refused the texts of ${corpus.name}: ${error?.message}`);
    }
  }

  async rank(q: string, query: Query, options: RankOptions): Promise<Ranked[]> {
    const hits = await this.search(q);
    const speaks = allowed(this.corpus, query, options);
    const byOwner = new Float64Array(this.corpus.candidates.length);
    for (const { id, _rankingScore } of hits) {
      const piece = this.evidence[id]!;
      const joined = piece.textId === undefined || options.sample !== undefined ? Math.max : sum;
      for (const owner of piece.owners)
        if (speaks(piece, owner)) byOwner[owner] = joined(byOwner[owner]!, _rankingScore ?? 0);
    }
    return best(this.corpus, byOwner, options.limit);
  }

  async remove(): Promise<void> {
    await this.client.deleteIndex(this.uid).waitTask(done);
  }

  private async search(q: string): Promise<Hit[]> {
    // The samples of one query ask the same.
    if (this.last.q === q) return this.last.hits;
    const params: SearchParams = { q, limit: HITS, attributesToRetrieve: ['id'], showRankingScore: true };
    const { hits } = await this.client.index<{ id: number }>(this.uid).search(undefined, params);
    this.last = { q, hits };
    return hits;
  }
}

const sum = (a: number, b: number) => a + b;
type Hit = { id: number; _rankingScore?: number };

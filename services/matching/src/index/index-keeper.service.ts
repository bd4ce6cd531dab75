import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SUBJECT_TYPES, type SubjectType } from '#libs/contracts';
import { recount } from '../frequency/frequency.store.js';
import { documentOf } from './document.js';
import type { Hold } from './lease.js';
import { failure, SearchEngine } from './search-engine.js';
import { indexables, markIndexed, markLost } from './subject.store.js';

const PAGE = 2000;

/** How many subjects of a type were compared, and how many of them the index has not, or otherwise, or too many. */
export interface Sight {
  type: SubjectType;
  compared: number;
  differ: number;
}

/** Sees to it that the indexes exist, have the right settings, and hold exactly what the copies say. Only the indexer, which is alone, calls it. */
@Injectable()
export class IndexKeeper {
  private readonly logger = new Logger(IndexKeeper.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly engine: SearchEngine,
  ) {}

  /** Makes what is missing (it is new, or the data were deleted) and what has not the product's settings: an index is absent or whole, never half. */
  async ensure(hold: Hold): Promise<void> {
    const counts = await this.engine.counts();
    for (const type of SUBJECT_TYPES) {
      const uid = this.engine.uid(type);
      const exists = counts.has(type);
      if (exists && (await this.engine.isPrepared(uid))) continue;
      const documents = await this.make(type, exists, hold);
      this.logger.log(`Made the index ${uid} with ${documents} documents`);
    }
  }

  /** Compares index and copies when everything is said to be indexed; marks and deletes what differs. */
  async compare(hold: Hold): Promise<void> {
    const counts = await this.engine.counts();
    const rows = await this.dataSource.query<{ type: SubjectType; expected: number; dirty: boolean }[]>(
      `SELECT type, count(*) FILTER (WHERE open AND index_error IS NULL)::int AS expected, bool_or(dirty_at IS NOT NULL AND index_error IS NULL) AS dirty
       FROM subject GROUP BY type`,
    );
    for (const type of SUBJECT_TYPES) {
      const row = rows.find((one) => one.type === type) ?? { expected: 0, dirty: false };
      const count = counts.get(type);
      if (count !== undefined && !row.dirty && count !== row.expected) await this.reconcile(type, hold);
    }
  }

  /** Counts words anew, builds each index anew beside the living one and swaps them in one step. Answers with the number of documents. */
  async rebuild(hold: Hold): Promise<number> {
    // Counts follow every change; should they ever have drifted from the copies, they are right again after this.
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      await recount(manager);
    });
    let documents = 0;
    for (const type of SUBJECT_TYPES) documents += await this.make(type, true, hold);
    return documents;
  }

  /** Fills an index beside the living one, if there is one, and puts it in its place in one step. Answers with the number of documents. */
  private async make(type: SubjectType, exists: boolean, hold: Hold): Promise<number> {
    const uid = this.engine.uid(type);
    const next = `${uid}_next`;
    // What an interrupted attempt left would be mixed in.
    await this.engine.drop(next);
    await this.engine.prepare(next);
    const documents = await this.fill(type, next);
    if (exists) {
      await this.engine.swap(uid, next);
      await this.engine.drop(next);
    } else await this.engine.rename(next, uid);
    // Nobody else writes while this runs, so the new index may differ from the copies only where rows are dirty, and these are sent next.
    await this.reconcile(type, hold);
    return documents;
  }

  private async fill(type: SubjectType, uid: string): Promise<number> {
    let documents = 0;
    for await (const ids of this.openIds(type)) {
      const rows = await indexables(this.dataSource.manager, type, ids);
      const task = await this.engine.put(uid, rows.map(documentOf));
      if (task.status !== 'succeeded') throw failure(task);
      documents += rows.length;
    }
    return documents;
  }

  /** Compares each index with the copies by ids and revisions, whatever the counts say; marks and deletes what differs when `repair`. */
  async check(hold: Hold, repair: boolean): Promise<Sight[]> {
    const sights: Sight[] = [];
    for (const type of SUBJECT_TYPES) sights.push(await this.reconcile(type, hold, repair));
    return sights;
  }

  private async reconcile(type: SubjectType, hold: Hold, repair = true): Promise<Sight> {
    const uid = this.engine.uid(type);
    const held = new Map<string, number>();
    for await (const page of this.engine.listed(uid)) for (const { id, revision } of page) held.set(id, revision);
    const lost: string[] = [];
    const found: { id: string; seen: number; indexed: number | null }[] = [];
    const rows = await this.dataSource.query<{ id: string; revision: number | null; open: boolean; dirty: boolean }[]>(
      `SELECT id, copy_revision AS revision, open, dirty_at IS NOT NULL AS dirty FROM subject
       WHERE type = $1 AND index_error IS NULL AND (open OR dirty_at IS NOT NULL)`,
      [type],
    );
    // What is on its way is no difference.
    const onItsWay = new Set(rows.flatMap(({ id, dirty }) => (dirty ? [id] : [])));
    for (const { id, revision, open } of rows) {
      if (!open) continue;
      const indexed = held.get(id);
      held.delete(id);
      if (revision === null || indexed !== revision) lost.push(id);
      // `seen: 0` leaves the row dirty where it is: only what the index holds is noted.
      else found.push({ id, seen: 0, indexed });
    }
    const extra = [...held.keys()];
    const differ = [...lost, ...extra].filter((id) => !onItsWay.has(id)).length;
    const sight = { type, compared: rows.length, differ };
    if (!repair) return sight;
    if (extra.length > 0) await this.engine.remove(uid, extra);
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      if (lost.length > 0) await markLost(manager, type, lost);
      if (found.length > 0) await markIndexed(manager, type, found);
    });
    if (lost.length + extra.length > 0)
      this.logger.warn(`${uid} differed from the copies: ${lost.length} missing, ${extra.length} too many`);
    return sight;
  }

  private async *openIds(type: SubjectType): AsyncGenerator<string[]> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const rows = await this.dataSource.query<{ id: string }[]>(
        'SELECT id FROM subject WHERE type = $1 AND open AND index_error IS NULL AND id > $2 ORDER BY id LIMIT $3',
        [type, after, PAGE],
      );
      if (rows.length === 0) return;
      yield rows.map((row) => row.id);
      after = rows.at(-1)!.id;
    }
  }
}

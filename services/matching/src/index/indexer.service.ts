import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SUBJECT_TYPES, type SubjectType } from '#libs/contracts';
import { noteForAlerts } from '../alert/alert.store.js';
import { Knowledge } from '../match/knowledge.service.js';
import { Rematcher } from '../suggestion/rematcher.service.js';
import { Copier, type Fetched } from './copier.service.js';
import { documentOf, type SearchDocument } from './document.js';
import { IndexKeeper } from './index-keeper.service.js';
import { type Hold, Lease } from './lease.js';
import { putHalved } from './put-halved.js';
import { failure, SearchEngine } from './search-engine.js';
import { type DirtyRow, dirtyRows, indexables, markIndexed, markLooked, markStale, setAside } from './subject.store.js';

const BATCH = 1000;
/** What Meilisearch gets at once. A task costs it nearly the same for one document as for thousands, so a bulk load is gathered for a while. */
const GATHER = 10_000;
const GATHER_MS = 3000;
/** Deliveries not yet confirmed; Meilisearch merges what waits in its queue. */
const IN_FLIGHT = 4;
const POLL_MS = 200;
const CHECK_MS = 2000;
const OWNER_AWAY_MS = 250;
const OWNER_AWAY_MAX_MS = 5000;

/** Rows of one type, brought up to date, with the documents to send. */
interface Load {
  type: SubjectType;
  rows: DirtyRow[];
  documents: SearchDocument[];
}

/** Carries dirty rows into the search index. One at a time in the whole installation; a second copy of the service stands by. */
@Injectable()
export class Indexer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Indexer.name);
  private readonly lease: Lease;
  private readonly inHand = new Map<Promise<void>, string[]>();
  private readonly ownerAway = new Map<SubjectType, { until: number; times: number }>();
  private readonly gathered = new Map<SubjectType, Load & { since: number }>();
  private failed: unknown;

  constructor(
    private readonly dataSource: DataSource,
    private readonly engine: SearchEngine,
    private readonly copier: Copier,
    private readonly keeper: IndexKeeper,
    private readonly rematcher: Rematcher,
    private readonly knowledge: Knowledge,
  ) {
    this.lease = new Lease(dataSource, 'indexer');
  }

  onApplicationBootstrap(): void {
    this.lease.start((hold) => this.work(hold));
  }

  async onModuleDestroy(): Promise<void> {
    // A busy engine takes longer than a service may take to end; what is not marked is sent again by the next.
    this.engine.stopWaiting();
    await this.lease.stop();
  }

  private async work(hold: Hold): Promise<void> {
    this.failed = undefined;
    this.gathered.clear();
    let version = '';
    try {
      for (let checked = 0; !this.lease.signal.aborted; ) {
        if (this.failed) throw this.failed;
        if (version !== this.knowledge.reading.version) {
          version = this.knowledge.reading.version;
          const stale = await markStale(this.dataSource.manager, version);
          if (stale > 0)
            this.logger.log(`${stale} subjects are analysed anew: the taxonomy or the analysis has changed`);
        }
        if (Date.now() - checked > CHECK_MS) {
          await this.keeper.ensure(hold);
          await this.rebuildWhereAsked(hold);
          await this.checkWhereAsked(hold);
          if (this.inHand.size === 0 && this.gathered.size === 0) await this.keeper.compare(hold);
          checked = Date.now();
        }
        const moved = await this.step(hold);
        this.sendGathered(hold, !moved);
        if (!moved || this.inHand.size >= IN_FLIGHT) await Promise.race([...this.inHand.keys(), this.rest(moved)]);
      }
    } finally {
      await Promise.allSettled(this.inHand.keys());
    }
  }

  private async rest(moved: boolean): Promise<void> {
    // With everything in flight only a finished batch matters; the long pause merely keeps the loop alive.
    await pause(moved ? 60_000 : POLL_MS, undefined, { signal: this.lease.signal, ref: false }).catch(() => undefined);
  }

  private async step(hold: Hold): Promise<boolean> {
    const now = Date.now();
    const types = SUBJECT_TYPES.filter((type) => (this.ownerAway.get(type)?.until ?? 0) <= now);
    const inHand = [
      ...this.inHand.values(),
      ...[...this.gathered.values()].map((load) => load.rows.map(({ id }) => id)),
    ];
    const rows = await dirtyRows(this.dataSource.manager, BATCH, inHand.flat(), types, this.knowledge.reading.version);
    for (const type of types) {
      const own = rows.filter((row) => row.type === type);
      const load = own.length > 0 && (await this.prepare(type, own, hold));
      if (load) this.gather(load);
    }
    if (rows.length > 0) await this.knowledge.recounted();
    return rows.length > 0;
  }

  private gather({ type, rows, documents }: Load): void {
    const known = this.gathered.get(type);
    known?.rows.push(...rows);
    known?.documents.push(...documents);
    if (!known) this.gathered.set(type, { type, rows, documents, since: Date.now() });
  }

  /** Sends what was gathered when nothing more waits, when it is much, or when it has waited long enough. */
  private sendGathered(hold: Hold, now: boolean): void {
    for (const [type, load] of this.gathered) {
      if (!now && load.rows.length < GATHER && Date.now() - load.since < GATHER_MS) continue;
      this.gathered.delete(type);
      this.send(load, hold);
    }
  }

  private async prepare(type: SubjectType, rows: DirtyRow[], hold: Hold): Promise<Load | undefined> {
    const behind = rows.filter((row) => row.stale || (row.copyRevision ?? 0) < row.revision);
    const living = behind.filter((row) => !row.gone).map((row) => row.id);
    let fetched: Fetched = { version: this.knowledge.reading.version, copies: [], failed: new Map() };
    try {
      if (living.length > 0) fetched = await this.copier.fetch(type, living);
      this.ownerAway.delete(type);
    } catch (error) {
      this.putOff(type, error);
      return undefined;
    }
    const { version, copies, failed } = fetched;
    for (const [id, reason] of failed) this.logger.error(`The facts of ${type} ${id} cannot be used: ${reason}`);
    return this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      for (const [id, reason] of failed) await setAside(manager, type, id, reason);
      const kept = rows.filter((row) => !failed.has(row.id));
      const ids = behind.flatMap((row) => (failed.has(row.id) ? [] : [row.id]));
      const fresh = ids.length > 0 ? await this.copier.write(manager, type, ids, copies, version) : [];
      const inMemory = new Set(fresh.map((copy) => copy.id));
      // What was just written need not be read again.
      const others = kept.filter((row) => !inMemory.has(row.id)).map((row) => row.id);
      const found = others.length > 0 ? await indexables(manager, type, others) : [];
      return { type, rows: kept, documents: [...fresh, ...found].map(documentOf) };
    });
  }

  private putOff(type: SubjectType, error: unknown): void {
    const times = (this.ownerAway.get(type)?.times ?? 0) + 1;
    if (times === 1) {
      this.logger.warn(
        `The owner of ${type} cannot be asked: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    this.ownerAway.set(type, {
      times,
      until: Date.now() + Math.min(OWNER_AWAY_MS * 2 ** (times - 1), OWNER_AWAY_MAX_MS),
    });
  }

  private send(load: Load, hold: Hold): void {
    const delivery: Promise<void> = this.deliver(load, hold)
      .catch((error: unknown) => {
        this.failed = error;
      })
      .finally(() => this.inHand.delete(delivery));
    this.inHand.set(
      delivery,
      load.rows.map((row) => row.id),
    );
  }

  private async deliver({ type, rows, documents }: Load, hold: Hold): Promise<void> {
    const uid = this.engine.uid(type);
    const refused =
      documents.length > 0 ? await putHalved(this.engine, uid, documents, this.logger) : new Map<string, string>();
    const revisions = new Map(documents.map((document) => [document.id, document.revision]));
    const closed = rows.filter(
      (row) => !revisions.has(row.id) && (row.indexedRevision !== null || row.copyRevision !== null),
    );
    if (closed.length > 0) {
      const task = await this.engine.remove(
        uid,
        closed.map((row) => row.id),
      );
      if (task.status !== 'succeeded') throw failure(task);
    }
    // Not by the revision of the copy: that is written before the engine is asked, and what an outage interrupts begins again from there.
    const changed = rows.flatMap(({ id, lookedRevision }) => {
      const revision = revisions.get(id);
      return revision !== undefined && revision > (lookedRevision ?? 0) ? [{ id, revision }] : [];
    });
    const changedIds = changed.map(({ id }) => id);
    if (type !== 'opportunity') await this.rematcher.changed(type, changedIds);
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      await markIndexed(
        manager,
        type,
        // An owner that answered with less than the event told of will be asked again.
        rows.map(({ id, revision }) => ({
          id,
          seen: revisions.get(id) ?? revision,
          indexed: revisions.get(id) ?? null,
        })),
      );
      for (const [id, error] of refused) await setAside(manager, type, id, error);
      await markLooked(manager, type, changed);
      await noteForAlerts(manager, type, changedIds);
    });
  }

  private async checkWhereAsked(hold: Hold): Promise<void> {
    const asked = await this.dataSource.query<{ id: string; repair: boolean }[]>(
      'SELECT id, repair FROM index_check WHERE done_at IS NULL',
    );
    if (asked.length === 0) return;
    this.sendGathered(hold, true);
    await Promise.allSettled(this.inHand.keys());
    const report = await this.keeper.check(
      hold,
      asked.some(({ repair }) => repair),
    );
    await this.dataSource.query('UPDATE index_check SET done_at = now(), report = $2 WHERE id = ANY($1::uuid[])', [
      asked.map(({ id }) => id),
      JSON.stringify(report),
    ]);
  }

  private async rebuildWhereAsked(hold: Hold): Promise<void> {
    const asked = await this.dataSource.query<{ id: string }[]>('SELECT id FROM index_rebuild WHERE done_at IS NULL');
    if (asked.length === 0) return;
    this.sendGathered(hold, true);
    await Promise.allSettled(this.inHand.keys());
    const documents = await this.keeper.rebuild(hold);
    await this.dataSource.query('UPDATE index_rebuild SET done_at = now(), documents = $2 WHERE id = ANY($1::uuid[])', [
      asked.map((row) => row.id),
      documents,
    ]);
  }
}

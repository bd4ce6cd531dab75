import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SubjectType } from '#libs/contracts';
import type { Copy } from '../index/features.js';
import { type Candidate, type CandidateRow, candidateOf } from './candidate.js';
import type { Filters } from './filters.js';
import { Knowledge } from './knowledge.service.js';
import type { Reading } from './reading.js';

/** Subjects kept ready for scoring, some kilobytes each: all firms and experts of the region find room. */
const KEPT = 70_000;

/** Without the search engine: so many that meet the question at all are looked at. */
const LOOKED_AT = 3000;

const COLUMNS = 'type, id, copy_revision AS revision, owner, country, territory, languages, features, analysis';

type StoredRow = CandidateRow & { analysis: string | null };

/** Subjects as the score sees them, from the copies, with those used lately in memory. */
@Injectable()
export class CandidateStore {
  private readonly kept = new Map<string, Candidate>();

  private state = '';

  constructor(
    private readonly dataSource: DataSource,
    private readonly knowledge: Knowledge,
  ) {}

  /** Candidates for hits of the search, in the order of the hits; those that may no longer be found are left out. */
  async load(type: SubjectType, hits: readonly { id: string; revision: number }[]): Promise<Candidate[]> {
    // What was weighed when words were much rarer or commoner is weighed again, and what was read with another taxonomy is read again under the same revision.
    const state = `${this.knowledge.frequencies.epoch} ${this.knowledge.reading.version}`;
    if (state !== this.state) this.kept.clear();
    this.state = state;
    const found = new Map<string, Candidate>();
    const missing: string[] = [];
    for (const { id, revision } of hits) {
      const known = this.kept.get(id);
      if (known && known.revision >= revision) found.set(id, this.touched(known));
      else missing.push(id);
    }
    if (missing.length > 0) {
      const rows = await this.dataSource.query<StoredRow[]>(
        `SELECT ${COLUMNS} FROM subject WHERE type = $1 AND id = ANY($2::uuid[]) AND open`,
        [type, missing],
      );
      for (const row of rows) found.set(row.id, this.ready(row));
    }
    return hits.flatMap(({ id }) => found.get(id) ?? []);
  }

  /** One subject as it is now, or undefined when it may not be found. */
  async one(type: SubjectType, id: string): Promise<Candidate | undefined> {
    const [row] = await this.dataSource.query<StoredRow[]>(
      `SELECT ${COLUMNS} FROM subject WHERE type = $1 AND id = $2 AND open`,
      [type, id],
    );
    return row && this.ready(row);
  }

  /** A subject as its owner describes it now, not kept. */
  fresh(type: SubjectType, copyOf: (reading: Reading) => Copy): Candidate {
    const { open: _, ...copy } = copyOf(this.knowledge.reading);
    return candidateOf({ type, ...copy }, this.knowledge.frequencies);
  }

  /** Without the search engine: subjects that have some of these terms, by the sum of their weights. A filter that is left out here only makes the answer shorter. */
  async sharing(
    type: SubjectType,
    terms: ReadonlyMap<string, number>,
    filters: Filters | undefined,
    limit: number,
  ): Promise<Candidate[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM (SELECT id, terms FROM subject WHERE type = $1 AND open AND terms && $2::text[]
         AND ($4::text IS NULL OR country = $4) AND ($5::text[] IS NULL OR languages && $5) LIMIT ${LOOKED_AT}) AS s
       ORDER BY (SELECT sum(weight) FROM unnest($2::text[], $3::float8[]) AS n (term, weight) WHERE term = ANY(s.terms)) DESC, id LIMIT $6`,
      [type, [...terms.keys()], [...terms.values()], filters?.country ?? null, filters?.languages ?? null, limit],
    );
    return this.load(
      type,
      rows.map(({ id }) => ({ id, revision: 0 })),
    );
  }

  // What an older analysis made is about to be made again, under the same revision: such a row is used, not kept.
  private ready({ analysis, ...row }: StoredRow): Candidate {
    const candidate = candidateOf(row, this.knowledge.frequencies);
    return analysis === this.knowledge.reading.version ? this.touched(candidate) : candidate;
  }

  // A Map keeps the order of insertion: what is used goes to the end, what is dropped comes from the beginning.
  private touched(candidate: Candidate): Candidate {
    this.kept.delete(candidate.id);
    this.kept.set(candidate.id, candidate);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return candidate;
  }
}

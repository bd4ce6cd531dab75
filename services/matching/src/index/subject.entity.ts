import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Lang, SubjectType } from '#libs/contracts';
import type { Features } from './features.js';

/** Matching's copy of an expert, a company or an opportunity. Written by events (what is known to exist) and by the indexer (what it is like). */
@Entity('subject')
export class SubjectEntity {
  @PrimaryColumn('text')
  type!: SubjectType;
  @PrimaryColumn('uuid')
  id!: string;
  /** Newest revision heard of. */
  @Column('integer')
  revision!: number;
  /** Revision of the copied facts. */
  @Column('integer', { name: 'copy_revision', nullable: true })
  copyRevision!: number | null;
  /** Revision that the search index holds. */
  @Column('integer', { name: 'indexed_revision', nullable: true })
  indexedRevision!: number | null;
  /** Revision that needs and saved searches were last held against. */
  @Column('integer', { name: 'looked_revision', nullable: true })
  lookedRevision!: number | null;
  /** Set while the index is behind. */
  @Column('timestamptz', { name: 'dirty_at', nullable: true })
  dirtyAt!: Date | null;
  /** Erased by its owner for good; no later event revives it. */
  @Column('boolean')
  gone!: boolean;
  /** May be found: listed, or published. */
  @Column('boolean')
  open!: boolean;
  /** Company of an opportunity. */
  @Column('uuid', { nullable: true })
  owner!: string | null;
  @Column('text', { nullable: true })
  country!: string | null;
  @Column('text', { nullable: true })
  territory!: string | null;
  @Column('text', { array: true })
  languages!: Lang[];
  /** Own competences, for finding needs again when a subject changes. */
  @Column('text', { array: true })
  concepts!: string[];
  /** What the index would find it by, for the search without one. */
  @Column('text', { array: true })
  terms!: string[];
  @Column('jsonb', { nullable: true })
  features!: Features | null;
  /** Which analysis the features were made with. */
  @Column('text', { nullable: true })
  analysis!: string | null;
  /** Why the search engine refused it; such a row is left aside until it changes. */
  @Column('text', { name: 'index_error', nullable: true })
  indexError!: string | null;
}

/** Asks the indexer to build the indexes anew. */
@Entity('index_rebuild')
export class IndexRebuildEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt!: Date | null;
  @Column('integer', { nullable: true })
  documents!: number | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Under which key a source of imports knows an object, and what it last said of it. */
@Entity('import_key')
export class ImportKey {
  @PrimaryColumn('text') source!: string;
  @PrimaryColumn('text', { name: 'external_key' }) externalKey!: string;
  @Column('uuid') id!: string;
  @Column('text', { name: 'content_hash' }) contentHash!: string;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scheme } from './identifiers.js';

@Entity('company_identifier')
export class CompanyIdentifier {
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @PrimaryColumn('text') scheme!: Scheme;
  @PrimaryColumn('text') value!: string;
  /** Who gave it: the source of an import, or the kind of the one who typed it in. */
  @Column('text') source!: string;
  @Column('timestamptz', { name: 'checked_at' }) checkedAt!: Date;
}

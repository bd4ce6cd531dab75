import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Disclosure, Party } from '#libs/contracts';

/** A line of the ledger: whose contact was open to whom, and when it was seen. Only ids, and only ever added. */
@Entity('disclosure')
export class DisclosureEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'interest_id' }) interestId!: string;
  @Column('text') act!: Disclosure['act'];
  @Column('text', { name: 'of_kind' }) ofKind!: Party['kind'];
  @Column('uuid', { name: 'of_id' }) ofId!: string;
  @Column('text', { name: 'to_kind' }) toKind!: Party['kind'];
  @Column('uuid', { name: 'to_id' }) toId!: string;
  @Column('timestamptz') at!: Date;
  @Column('date') day!: string;
}

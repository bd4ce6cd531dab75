import type { DataSource } from 'typeorm';

const BATCH = 5000;

/** Rows of a table that go after a while. Table, column and conditions are SQL of our own, never anything that was given. */
export interface Retention {
  table: string;
  /** Column or expression with the moment from which the days count; rows without one stay. */
  age: string;
  days: number;
  /** Which rows only. */
  only?: string;
  /** What is set instead of deleting the row, as `note = NULL`; `only` must then leave out rows that have lost it. */
  forget?: string;
}

/** Deletes what is old enough at `now`, in small transactions; answers with the number of rows. */
export async function sweep(db: DataSource, rules: readonly Retention[], now: Date): Promise<number> {
  let total = 0;
  for (const { table, age, days, only = 'true', forget } of rules) {
    const act = forget ? `UPDATE ${table} SET ${forget}` : `DELETE FROM ${table}`;
    const before = new Date(now.getTime() - days * 86_400_000);
    for (let count = BATCH; count === BATCH; total += count) {
      [, count] = await db.query<[unknown, number]>(
        `${act} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${only} AND ${age} < $1 LIMIT ${BATCH})`,
        [before],
      );
    }
  }
  return total;
}

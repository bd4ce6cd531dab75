import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, type Scenario } from '../scenario.js';
import { SERVICES } from '../settings.js';

/** Sixteen writers, some of whose changes meet; what anybody sees of a revision never falls, neither in answers nor in the copies. */
export const scenario: Scenario = {
  number: 12,
  title: 'two copies of everything, 16 writers',
  settings: { twice: SERVICES },
  writers: { writers: 16, contended: 0.15 },
  async run(bench) {
    const seen = await watchCopies(bench);
    bench.note(`${seen} times the revisions of all copies were read while they changed`);
  },
};

async function watchCopies({ books, writers, claim, run }: Bench): Promise<number> {
  const highest = new Map<string, number>();
  let looks = 0;
  for (; writers.done < run.writes; looks++) {
    const rows = await books.sql<{ id: string; copy_revision: number }>(
      'matching',
      'SELECT id, copy_revision FROM subject WHERE copy_revision IS NOT NULL',
    );
    for (const { id, copy_revision } of rows) {
      if (copy_revision < (highest.get(id) ?? 0)) claim(`the copy of ${id} fell to revision ${copy_revision}`, false);
      highest.set(id, copy_revision);
    }
    await pause(200);
  }
  return looks;
}

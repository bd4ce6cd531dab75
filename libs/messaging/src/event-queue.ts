/** What the queue has to know of a message. */
export interface Queued {
  /** `<owner>.<fact>.v<N>`; a batch holds one kind only. */
  subject: string;
  aggregateId: string;
  /** Delivered before: it may have killed the process, so it is handled alone. */
  suspect: boolean;
}

/**
 * Orders the work of one service: events of one aggregate one after the other, all others side by side; suspects one at a time.
 * Pure bookkeeping, no time and no input or output.
 */
export class EventQueue<T extends Queued> {
  private waiting: T[] = [];
  private readonly busy = new Set<string>();
  private suspectRuns = false;

  constructor(private readonly batchOf: (subject: string) => number) {}

  push(item: T): void {
    this.waiting.push(item);
  }

  /** The next run of events of one kind, as many as their handler takes at once; undefined when nothing may start now. */
  take(): T[] | undefined {
    const run: T[] = [];
    const blocked = new Set(this.busy);
    let room = 0;
    const left: T[] = [];
    for (const [i, item] of this.waiting.entries()) {
      const first = run[0];
      const fits = first
        ? !item.suspect && !first.suspect && item.subject === first.subject
        : !(item.suspect && this.suspectRuns);
      if (blocked.has(item.aggregateId) || !fits) {
        blocked.add(item.aggregateId);
        left.push(item);
        continue;
      }
      if (!first) room = item.suspect ? 1 : this.batchOf(item.subject);
      run.push(item);
      if (--room === 0) {
        left.push(...this.waiting.slice(i + 1));
        break;
      }
    }
    if (run.length === 0) return undefined;
    this.waiting = left;
    for (const item of run) this.busy.add(item.aggregateId);
    if (run[0]!.suspect) this.suspectRuns = true;
    return run;
  }

  /** Ends a run that `take` gave. */
  done(run: readonly T[]): void {
    for (const item of run) this.busy.delete(item.aggregateId);
    if (run[0]?.suspect) this.suspectRuns = false;
  }

  /** Empties the queue and gives back what had not begun. */
  drain(): T[] {
    return this.waiting.splice(0);
  }
}

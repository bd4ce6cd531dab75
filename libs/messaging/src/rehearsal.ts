/** What is rehearsed. Only for the bench that breaks things: the configuration of a production system refuses all of it. */
export interface RehearsalPlan {
  /** Ends the process after every so many runs of events, when their effect is committed and not yet acknowledged; 0 never. */
  crashBeforeAck?: number | undefined;
  /** Ends the process whenever it begins to handle an event of this aggregate. */
  crashOnAggregate?: string | undefined;
}

/** Deaths at the moments at which they hurt most and which no signal from outside would hit. */
export class Rehearsal {
  private runs = 0;

  constructor(
    private readonly plan: RehearsalPlan = {},
    private readonly die: () => void = () => void process.kill(process.pid, 'SIGKILL'),
  ) {}

  /** Events are about to be handled. */
  begins(run: readonly { aggregateId: string }[]): void {
    const { crashOnAggregate } = this.plan;
    if (crashOnAggregate && run.some(({ aggregateId }) => aggregateId === crashOnAggregate)) this.die();
  }

  /** The effect of a run is committed; nobody outside knows yet. */
  committed(): void {
    const { crashBeforeAck = 0 } = this.plan;
    if (crashBeforeAck > 0 && ++this.runs % crashBeforeAck === 0) this.die();
  }
}

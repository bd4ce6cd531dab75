import { setTimeout as pause } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { actsForThePlatform, type CallContext, matchingRpc, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';

const REBUILD_PATIENCE_MS = 30 * 60_000;

/** Commands for those who run the platform. */
@Controller()
export class IndexController {
  constructor(private readonly dataSource: DataSource) {}

  @Rpc(matchingRpc.lag)
  async lag(): Promise<{ dirty: number; unmatched: number; unseen: number }> {
    const [row] = await this.dataSource.query<{ dirty: number; unmatched: number; unseen: number }[]>(
      `SELECT (SELECT count(*) FROM subject WHERE dirty_at IS NOT NULL AND index_error IS NULL)::int AS dirty,
         (SELECT count(*) FROM match_job)::int AS unmatched, (SELECT count(*) FROM alert_subject)::int AS unseen`,
    );
    return row!;
  }

  /** The indexer may run in another copy of the service: it is asked through the database, and its answer waited for. */
  @Rpc(matchingRpc.rebuild)
  async rebuild(_: object, { actor }: CallContext): Promise<{ documents: number }> {
    if (!actsForThePlatform(actor)) throw new Problem('forbidden', 'Only an administrator rebuilds the index');
    const id = uuid();
    // In a transaction, as everything that somebody asks for: it is where the audit trail hangs.
    await this.dataSource.transaction((manager) => manager.query('INSERT INTO index_rebuild (id) VALUES ($1)', [id]));
    for (const until = Date.now() + REBUILD_PATIENCE_MS; Date.now() < until; await pause(200)) {
      const [row] = await this.dataSource.query<{ documents: number }[]>(
        'SELECT documents FROM index_rebuild WHERE id = $1 AND done_at IS NOT NULL',
        [id],
      );
      if (row) return row;
    }
    throw new Problem('timeout', 'The rebuild is not finished yet and goes on');
  }
}

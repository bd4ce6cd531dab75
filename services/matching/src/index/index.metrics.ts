import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';

/** Search tasks that did not succeed. */
export const failedTasks = new Counter({
  name: 'ceresio_matching_failed_search_tasks_total',
  help: 'Meilisearch tasks that did not succeed',
});

const QUERY = `SELECT
  (SELECT count(*) FROM subject WHERE dirty_at IS NOT NULL AND index_error IS NULL)::int AS dirty,
  (SELECT coalesce(extract(epoch FROM now() - min(dirty_at)), 0) FROM subject WHERE dirty_at IS NOT NULL AND index_error IS NULL)::float AS oldest,
  (SELECT count(*) FROM subject WHERE index_error IS NOT NULL)::int AS refused,
  (SELECT count(*) FROM match_job)::int AS jobs,
  (SELECT count(*) FROM alert_subject)::int AS unseen`;

const HELP = {
  dirty: ['ceresio_matching_dirty_rows', 'Subjects whose index entry is behind'],
  oldest: ['ceresio_matching_oldest_dirty_seconds', 'Age of the oldest of them'],
  refused: ['ceresio_matching_refused_documents', 'Subjects that the search engine refuses'],
  jobs: ['ceresio_matching_jobs', 'Opportunities waiting to be matched'],
  unseen: ['ceresio_matching_unseen_subjects', 'Subjects waiting to be held against the saved searches'],
} as const;

/** Figures about the index, read when somebody asks for the metrics. */
@Injectable()
export class IndexMetrics implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const { dataSource } = this;
    for (const [key, [name, help]] of Object.entries(HELP)) {
      // A second module in one process (tests) takes the place of the first.
      register.removeSingleMetric(name);
      new Gauge({
        name,
        help,
        async collect() {
          const [row] = await dataSource.query<Record<string, number>[]>(QUERY).catch(() => []);
          if (row) this.set(row[key] ?? 0);
        },
      });
    }
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';

/** Search tasks that did not succeed. */
export const failedTasks = new Counter({
  name: 'ceresio_matching_failed_search_tasks_total',
  help: 'Meilisearch tasks that did not succeed',
});

const BEHIND = 'subject WHERE dirty_at IS NOT NULL AND index_error IS NULL';
const seconds = (moment: string) => `coalesce(extract(epoch FROM now() - min(${moment})), 0)::float`;

const FIGURES = [
  ['ceresio_matching_dirty_rows', 'Subjects whose index entry is behind', `count(*)::int AS value FROM ${BEHIND}`],
  [
    'ceresio_matching_oldest_dirty_seconds',
    'Age of the oldest of them',
    `${seconds('dirty_at')} AS value FROM ${BEHIND}`,
  ],
  [
    'ceresio_matching_refused_documents',
    'Subjects that the search engine refuses',
    'count(*)::int AS value FROM subject WHERE index_error IS NOT NULL',
  ],
  ['ceresio_matching_jobs', 'Opportunities waiting to be matched', 'count(*)::int AS value FROM match_job'],
  [
    'ceresio_matching_oldest_job_seconds',
    'How long the oldest of them has waited',
    `${seconds('asked_at')} AS value FROM match_job`,
  ],
  [
    'ceresio_matching_unseen_subjects',
    'Subjects waiting to be held against the saved searches',
    'count(*)::int AS value FROM alert_subject',
  ],
] as const;

/** Figures about the index, read when somebody asks for the metrics. */
@Injectable()
export class IndexMetrics implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const { dataSource } = this;
    for (const [name, help, figure] of FIGURES) {
      // A second module in one process (tests) takes the place of the first.
      register.removeSingleMetric(name);
      new Gauge({
        name,
        help,
        async collect() {
          const [row] = await dataSource.query<{ value: number }[]>(`SELECT ${figure}`);
          this.set(row!.value);
        },
      });
    }
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { gini, quantile } from './exposure.js';

const SHARES = [0.5, 0.9, 0.99, 1];
const QUERY = `SELECT count(g.id)::int AS n FROM subject AS s
  LEFT JOIN suggestion AS g ON g.subject_type = 'expert' AND g.subject_id = s.id AND g.created_at > now() - interval '90 days'
  WHERE s.type = 'expert' AND s.open GROUP BY s.id`;
const NAMES = { spread: 'ceresio_matching_exposure_suggestions', gini: 'ceresio_matching_exposure_gini' };

/** How evenly listed experts were suggested in the last 90 days, without saying who. Read when somebody asks for the metrics. */
@Injectable()
export class ExposureMetrics implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const counts = async () =>
      (await this.dataSource.query<{ n: number }[]>(QUERY).catch(() => [])).map((row) => row.n);
    // A second module in one process (tests) takes the place of the first.
    for (const name of Object.values(NAMES)) register.removeSingleMetric(name);
    new Gauge({
      name: NAMES.spread,
      help: 'Suggestions of the last 90 days that this share of the listed experts does not exceed',
      labelNames: ['quantile'],
      async collect() {
        const found = await counts();
        for (const share of SHARES) this.set({ quantile: String(share) }, quantile(found, share));
      },
    });
    new Gauge({
      name: NAMES.gini,
      help: 'Evenness of suggestions among listed experts: 0 all alike, towards 1 all to one',
      async collect() {
        this.set(gini(await counts()));
      },
    });
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '#libs/service';
import { WAITING } from '../interest/transitions.js';

const INTERESTS = 'ceresio_interests';
const OVERDUE = 'ceresio_interests_overdue';
const EXPOSURE = 'ceresio_experts_by_open_requests';

/** Interests by state, those whose answer is late, and how evenly the experts are asked: counted when somebody asks, and no expert is named. */
@Injectable()
export class LoadMetrics implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const { db, clock } = this;
    for (const name of [INTERESTS, OVERDUE, EXPOSURE]) register.removeSingleMetric(name);
    new Gauge({
      name: INTERESTS,
      help: 'Expressions of interest by state',
      labelNames: ['state'],
      async collect() {
        const rows = await db.query<{ state: string; count: number }[]>(
          'SELECT state, count(*)::int AS count FROM interest GROUP BY state',
        );
        this.reset();
        for (const { state, count } of rows) this.set({ state }, count);
      },
    });
    new Gauge({
      name: OVERDUE,
      help: 'Expressions of interest whose answer is late',
      async collect() {
        const [row] = await db.query<{ count: number }[]>(
          'SELECT count(*)::int AS count FROM interest WHERE state = ANY($1) AND due_at < $2',
          [WAITING, clock.now()],
        );
        this.set(row?.count ?? 0);
      },
    });
    new Gauge({
      name: EXPOSURE,
      help: 'Experts who were ever asked, by the requests they have in hand',
      labelNames: ['open'],
      async collect() {
        const rows = await db.query<{ open: string; count: number }[]>(
          `SELECT CASE WHEN open >= 10 THEN '10+' ELSE open::text END AS open, count(*)::int AS count FROM load GROUP BY 1`,
        );
        this.reset();
        for (const { open, count } of rows) this.set({ open }, count);
      },
    });
  }
}

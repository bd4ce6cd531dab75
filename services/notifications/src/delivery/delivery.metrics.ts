import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';

const COUNT = 'ceresio_deliveries';
const OLDEST = 'ceresio_deliveries_oldest_seconds';

/** Deliveries by channel and state, and how long the oldest that is due has been waiting: counted when somebody asks. */
@Injectable()
export class DeliveryMetrics implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const { dataSource } = this;
    register.removeSingleMetric(COUNT);
    register.removeSingleMetric(OLDEST);
    new Gauge({
      name: COUNT,
      help: 'Deliveries by channel and state',
      labelNames: ['channel', 'state'],
      async collect() {
        const rows = await dataSource.query<{ channel: string; state: string; count: number }[]>(
          'SELECT channel, state, count(*)::int AS count FROM delivery GROUP BY channel, state',
        );
        this.reset();
        for (const { channel, state, count } of rows) this.set({ channel, state }, count);
      },
    });
    new Gauge({
      name: OLDEST,
      help: 'Age of the oldest pending delivery',
      labelNames: ['channel'],
      async collect() {
        const rows = await dataSource.query<{ channel: string; age: number }[]>(
          `SELECT channel, extract(epoch FROM now() - min(created_at))::float AS age FROM delivery WHERE state = 'pending' GROUP BY channel`,
        );
        this.reset();
        for (const { channel, age } of rows) this.set({ channel }, age);
      },
    });
  }
}

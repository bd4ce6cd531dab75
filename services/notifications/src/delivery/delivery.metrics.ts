import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';

const COUNT = 'ceresio_deliveries';
const OLDEST = 'ceresio_deliveries_oldest_seconds';
const STATES = ['pending', 'sent', 'failed', 'cancelled'];
const DIGESTS = 'ceresio_deliveries_waiting_for_digest';

/** Why letters did not go out when they were due. `cap` rising fast means that people are told more than they asked for. */
export const heldBack = new Counter({
  name: 'ceresio_deliveries_held_back_total',
  help: 'Deliveries put off or called off by what their recipient prefers',
  labelNames: ['channel', 'why'],
});

export const digestsSent = new Counter({
  name: 'ceresio_digests_sent_total',
  help: 'Digests that went out',
  labelNames: ['channel'],
});

export const digestNotices = new Counter({
  name: 'ceresio_digest_notices_total',
  help: 'Notices that went out in digests',
  labelNames: ['channel'],
});

/** Deliveries by channel and state, and how long the oldest that is due has been waiting: counted when somebody asks. */
@Injectable()
export class DeliveryMetrics implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const { dataSource } = this;
    register.removeSingleMetric(COUNT);
    register.removeSingleMetric(OLDEST);
    register.removeSingleMetric(DIGESTS);
    new Gauge({
      name: COUNT,
      help: 'Deliveries by channel and state',
      labelNames: ['channel', 'state'],
      async collect() {
        const rows = await dataSource.query<{ channel: string; state: string; count: number }[]>(
          'SELECT channel, state, count(*)::int AS count FROM delivery GROUP BY channel, state',
        );
        this.reset();
        // Also what there is none of: a series that appears with its first failure hides that one.
        for (const { channel } of rows) for (const state of STATES) this.set({ channel, state }, 0);
        for (const { channel, state, count } of rows) this.set({ channel, state }, count);
      },
    });
    new Gauge({
      name: DIGESTS,
      help: 'Deliveries that wait for their digest',
      labelNames: ['channel'],
      async collect() {
        const rows = await dataSource.query<{ channel: string; count: number }[]>(
          `SELECT channel, count(*)::int AS count FROM delivery WHERE state = 'pending' AND digest_at > now() GROUP BY channel`,
        );
        this.reset();
        for (const { channel, count } of rows) this.set({ channel }, count);
      },
    });
    new Gauge({
      name: OLDEST,
      help: 'Age of the oldest delivery that is due',
      labelNames: ['channel'],
      async collect() {
        const rows = await dataSource.query<{ channel: string; age: number }[]>(
          `SELECT channel, extract(epoch FROM now() - min(greatest(created_at, digest_at)))::float AS age FROM delivery
           WHERE state = 'pending' AND (digest_at IS NULL OR digest_at <= now()) AND (attempts > 0 OR next_at <= now()) GROUP BY channel`,
        );
        this.reset();
        for (const { channel, age } of rows) this.set({ channel }, age);
      },
    });
  }
}

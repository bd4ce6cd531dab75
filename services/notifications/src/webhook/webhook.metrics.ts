import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';

const ENDPOINTS = 'ceresio_webhook_endpoints';
const MESSAGES = 'ceresio_webhook_messages';

/** Endpoints and messages by state: counted when somebody asks. */
@Injectable()
export class WebhookMetrics implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    this.gauge(ENDPOINTS, 'Webhook endpoints by state', 'webhook');
    this.gauge(MESSAGES, 'Messages to webhook endpoints by state', 'webhook_delivery');
  }

  private gauge(name: string, help: string, table: 'webhook' | 'webhook_delivery'): void {
    const { dataSource } = this;
    register.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      async collect() {
        const rows = await dataSource.query<{ state: string; count: number }[]>(
          `SELECT state, count(*)::int AS count FROM ${table} GROUP BY state`,
        );
        this.reset();
        for (const { state, count } of rows) this.set({ state }, count);
      },
    });
  }
}

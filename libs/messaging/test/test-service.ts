import type { INestApplication, Type } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { companySaved } from '#libs/contracts';
import { JetStreamStrategy, MessagingModule, type MessagingTuning, messagingEntities, Outbox } from '../src/index.js';

export interface TestService {
  app: INestApplication;
  dataSource: DataSource;
  query<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** Tells that companies were saved, all in one transaction; answers with the events' ids. */
  tell(companyIds: string[], revision?: number): Promise<string[]>;
  close(): Promise<void>;
}

/** A service that consists of messaging and the given controllers, on real engines. */
export async function testService(
  service: string,
  databaseUrl: string,
  natsUrl: string,
  controllers: Type[] = [],
  tuning: MessagingTuning = {},
): Promise<TestService> {
  const module = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities: messagingEntities, retryAttempts: 0 }),
      MessagingModule.forService(service, { natsUrl, tuning }),
    ],
    controllers,
  }).compile();
  const app = module.createNestApplication(new FastifyAdapter(), { logger: false });
  app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
  try {
    await app.startAllMicroservices();
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  const dataSource = app.get(DataSource);
  const outbox = app.get(Outbox);
  return {
    app,
    dataSource,
    query: (sql, parameters) => dataSource.query(sql, parameters),
    tell: (companyIds, revision = 1) =>
      dataSource.transaction((manager: EntityManager) =>
        outbox.addMany(
          manager,
          companySaved,
          companyIds.map((companyId) => ({ aggregateId: companyId, data: { companyId, revision } })),
        ),
      ),
    close: () => app.close(),
  };
}

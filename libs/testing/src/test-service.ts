import type { Type } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { connectNats, provisionStreams } from '#libs/messaging';
import { type BaseConfig, RpcClient, type ServiceRoot, startService } from '#libs/service';
import { templateDatabase } from './template-database.js';
import { testNats } from './test-nats.js';

/** A service that runs, and what a test asks it and looks into. */
export interface TestService {
  rpc: RpcClient;
  db: DataSource;
  /** One of the service's own parts, for what no request can ask of it. */
  provided<T>(part: Type<T>): T;
  stop(): Promise<void>;
}

/** Starts a service with a database as it does in production, on a database and a NATS server of one test file's own. Stop it in `afterAll`. */
export async function testService<C extends BaseConfig & { DATABASE_URL: string }>(
  name: string,
  root: ServiceRoot<C>,
  dataSourceOptions: (url: string) => DataSourceOptions,
): Promise<TestService> {
  const [database, nats] = await Promise.all([
    templateDatabase(name, { migrations: dataSourceOptions('').migrations }),
    testNats(),
  ]);
  const connection = await connectNats(nats.url, 'provisioner');
  await provisionStreams(connection);
  await connection.close();
  const config = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    NATS_URL: nats.url,
    INTERNAL_PORT: 0,
    INTERNAL_HOST: '127.0.0.1',
    DATABASE_URL: database.url,
  };
  const service = await startService(name, root, config as unknown as C);
  return {
    rpc: service.app.get(RpcClient, { strict: false }),
    db: service.app.get(DataSource, { strict: false }),
    provided: (part) => service.app.get(part, { strict: false }),
    async stop() {
      await service.stop();
      await Promise.all([database.drop(), nats.stop()]);
    },
  };
}

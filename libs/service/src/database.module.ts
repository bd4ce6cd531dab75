import { setTimeout as pause } from 'node:timers/promises';
import { type DynamicModule, Injectable, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Readiness } from './readiness.js';

const logger = new Logger('Database');
const PAUSE_MAX_MS = 1000;
/** "CERE" as a number: one lock a database, held while migrations run. */
const MIGRATION_LOCK = 0x43455245;

/**
 * TypeORM for a service, with its pending migrations run. Waits for an absent database as long as it takes.
 * Copies of the service that start together run the migrations once: the others wait at an advisory lock.
 */
export function databaseModule(options: DataSourceOptions): DynamicModule {
  return {
    module: DatabaseModule,
    imports: [
      TypeOrmModule.forRootAsync({
        useFactory: () => ({ ...options, retryAttempts: 0 }),
        dataSourceFactory: () => openDatabase(options),
      }),
    ],
  };
}

/**
 * A connection that breaks fails what runs on it, and is replaced. Between the pool's listener and that of who takes it there is a moment without any:
 * PostgreSQL that ends just then would end the service with it.
 */
class LastingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Opens the database and migrates it; keeps trying while it cannot be reached. */
export async function openDatabase(options: DataSourceOptions): Promise<DataSource> {
  for (let attempt = 0; ; attempt++) {
    const dataSource = new DataSource({
      ...options,
      extra: { ...options.extra, Client: LastingClient },
    } as DataSourceOptions);
    try {
      await dataSource.initialize();
      await migrate(dataSource);
      return dataSource;
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy().catch(() => undefined);
      if (!isPassing(error)) throw error;
      if (attempt === 0) logger.warn('The database cannot be reached; waiting for it');
      await pause(Math.min(200 * 2 ** attempt, PAUSE_MAX_MS));
    }
  }
}

/** Runs the pending migrations, one transaction each, while holding the database's migration lock. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    for (const migration of done) logger.log(`Migrated: ${migration.name}`);
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await runner.release();
  }
}

// Connection trouble and PostgreSQL's class 08 and 57 (connection, operator intervention) pass by themselves; so does a role or database that the
// provisioner has not made yet. A migration that fails never mends itself: it must end the start, loudly.
function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return /terminated|timeout|ECONN|connect/i.test((error as Error).message);
  return /^(E[A-Z]+|08...|57...|53...|28P01|28000|3D000)$/.test(code);
}

@Injectable()
class DatabaseReadiness implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.add('database', async () => {
      await this.dataSource.query('SELECT 1');
      return [];
    });
  }
}

@Module({ providers: [DatabaseReadiness] })
class DatabaseModule {}

import { DataSource, type DataSourceOptions } from 'typeorm';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { recordsEntities, recordsMigrations } from '#libs/records';
import { Consent } from './expert/consent.entity.js';
import { Expert } from './expert/expert.entity.js';
import { CreateExperts1795200000001 } from './migrations/1795200000001-create-experts.js';

export const dataSourceOptions = (url: string) =>
  ({
    type: 'postgres',
    url,
    entities: [Expert, Consent, ...recordsEntities, ...messagingEntities],
    migrations: [...messagingMigrations, ...recordsMigrations, CreateExperts1795200000001],
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  }) satisfies DataSourceOptions;

/** For the command line of TypeORM. */
export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));

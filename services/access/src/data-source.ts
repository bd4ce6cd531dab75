import { DataSource, type DataSourceOptions } from 'typeorm';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { CreateAccess1795800000000 } from './migrations/1795800000000-create-access.js';
import { ClaimByMail1795900000002 } from './migrations/1795900000002-claim-by-mail.js';
import { SignOut1795900000004 } from './migrations/1795900000004-sign-out.js';

/** For the service and its tests. */
export const dataSourceOptions = (url: string) =>
  ({
    type: 'postgres',
    url,
    entities: [...messagingEntities],
    migrations: [...messagingMigrations, CreateAccess1795800000000, ClaimByMail1795900000002, SignOut1795900000004],
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  }) satisfies DataSourceOptions;

/** For the command line of TypeORM. */
export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));

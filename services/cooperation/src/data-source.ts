import { DataSource, type DataSourceOptions } from 'typeorm';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { DisclosureEntity } from './disclosure/disclosure.entity.js';
import { HelpRequestEntity } from './help/help.entity.js';
import { InterestEntity } from './interest/interest.entity.js';
import { LoadEntity } from './load/load.entity.js';
import { CreateCooperation1795400000000 } from './migrations/1795400000000-create-cooperation.js';
import { NotePlaces1796000000000 } from './migrations/1796000000000-note-places.js';
import { CreateHelpRequest1796200000000 } from './migrations/1796200000000-create-help-request.js';

/** For the service and its tests. */
export const dataSourceOptions = (url: string) =>
  ({
    type: 'postgres',
    url,
    entities: [InterestEntity, LoadEntity, DisclosureEntity, HelpRequestEntity, ...messagingEntities],
    migrations: [
      ...messagingMigrations,
      CreateCooperation1795400000000,
      NotePlaces1796000000000,
      CreateHelpRequest1796200000000,
    ],
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  }) satisfies DataSourceOptions;

/** For the command line of TypeORM. */
export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));

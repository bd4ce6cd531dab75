import { DataSource, type DataSourceOptions } from 'typeorm';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { DeliveryEntity } from './delivery/delivery.entity.js';
import { CreateInbox1795300000000 } from './migrations/1795300000000-create-inbox.js';
import { NoticeEntity, RecipientEntity, SuggestionEntity } from './notice/notice.entity.js';

/** For the service and its tests. */
export function dataSourceOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [...messagingEntities, RecipientEntity, SuggestionEntity, NoticeEntity, DeliveryEntity],
    migrations: [...messagingMigrations, CreateInbox1795300000000],
  };
}

/** For TypeORM's command line. */
export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));

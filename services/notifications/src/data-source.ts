import { DataSource, type DataSourceOptions } from 'typeorm';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { DeliveryEntity } from './delivery/delivery.entity.js';
import { CreateInbox1795300000000 } from './migrations/1795300000000-create-inbox.js';
import { AddPreferences1795600000000 } from './migrations/1795600000000-add-preferences.js';
import { CreateWebhooks1795700000000 } from './migrations/1795700000000-create-webhooks.js';
import { ClaimLetters1795900000003 } from './migrations/1795900000003-claim-letters.js';
import { NoticeEntity, RecipientEntity, SuggestionEntity } from './notice/notice.entity.js';
import { WebhookDeliveryEntity, WebhookEntity } from './webhook/webhook.entity.js';

/** For the service and its tests. */
export function dataSourceOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [
      ...messagingEntities,
      RecipientEntity,
      SuggestionEntity,
      NoticeEntity,
      DeliveryEntity,
      WebhookEntity,
      WebhookDeliveryEntity,
    ],
    migrations: [
      ...messagingMigrations,
      CreateInbox1795300000000,
      AddPreferences1795600000000,
      CreateWebhooks1795700000000,
      ClaimLetters1795900000003,
    ],
  };
}

/** For TypeORM's command line. */
export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));

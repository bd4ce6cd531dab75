import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule } from '#libs/service';
import type { Channel } from './channel/channel.js';
import { CHANNELS, Channels } from './channel/index.js';
import { CONFIG, type Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { DeliveryMetrics } from './delivery/delivery.metrics.js';
import { DeliveryService } from './delivery/delivery.service.js';
import { Sender } from './delivery/sender.js';
import { NoticeController } from './notice/notice.controller.js';
import { NoticeService } from './notice/notice.service.js';
import { NoticeTexts } from './notice/notice-texts.service.js';
import { RecipientHandler } from './notice/recipient.handler.js';
import { SuggestionHandler } from './notice/suggestion.handler.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { WebhookMetrics } from './webhook/webhook.metrics.js';
import { WebhookService } from './webhook/webhook.service.js';
import { WebhookDeliveries } from './webhook/webhook-deliveries.service.js';
import { WebhookOutcomes } from './webhook/webhook-outcomes.service.js';
import { WebhookOwners } from './webhook/webhook-owners.service.js';
import { WebhookSender } from './webhook/webhook-sender.js';

@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('notifications', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('notifications'),
      ],
      controllers: [NoticeController, SuggestionHandler, RecipientHandler, WebhookController],
      providers: [
        { provide: CONFIG, useValue: config },
        ...CHANNELS,
        { provide: Channels, inject: [...CHANNELS], useFactory: (...channels: Channel[]) => new Channels(channels) },
        NoticeService,
        NoticeTexts,
        DeliveryService,
        DeliveryMetrics,
        Sender,
        WebhookService,
        WebhookDeliveries,
        WebhookOutcomes,
        WebhookOwners,
        WebhookSender,
        WebhookMetrics,
      ],
    };
  }
}

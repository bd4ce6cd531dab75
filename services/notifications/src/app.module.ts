import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule, Sweeper } from '#libs/service';
import { Addresses } from './channel/addresses.js';
import type { Channel } from './channel/channel.js';
import { Channels } from './channel/channels.js';
import { CHANNELS } from './channel/index.js';
import { MailContent } from './channel/mail-content.js';
import { Mailer } from './channel/mailer.js';
import { ClaimLetterHandler } from './claim/claim-letter.handler.js';
import { ClaimLetterSender } from './claim/claim-letter.sender.js';
import { CONFIG, type Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { DeliveryMetrics } from './delivery/delivery.metrics.js';
import { DeliveryService } from './delivery/delivery.service.js';
import { Sender } from './delivery/sender.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { Causes } from './notice/causes.js';
import { FindingHandler } from './notice/finding.handler.js';
import { HelpHandler } from './notice/help.handler.js';
import { InterestHandler } from './notice/interest.handler.js';
import { NoticeController } from './notice/notice.controller.js';
import { NoticeService } from './notice/notice.service.js';
import { NoticeTexts } from './notice/notice-texts.service.js';
import { Owners } from './notice/owners.js';
import { RecipientHandler } from './notice/recipient.handler.js';
import { SuggestionHandler } from './notice/suggestion.handler.js';
import { Mutes } from './preference/mutes.js';
import { PreferenceController } from './preference/preference.controller.js';
import { PreferenceService } from './preference/preference.service.js';
import { PreferenceStore } from './preference/preference.store.js';
import { UnsubscribeService } from './preference/unsubscribe.service.js';
import { RETENTION } from './retention.js';
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
      controllers: [
        NoticeController,
        SuggestionHandler,
        InterestHandler,
        HelpHandler,
        FindingHandler,
        RecipientHandler,
        PreferenceController,
        WebhookController,
        ClaimLetterHandler,
        ErasureController,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        ...CHANNELS,
        Addresses,
        MailContent,
        Mailer,
        ClaimLetterSender,
        { provide: Channels, inject: [...CHANNELS], useFactory: (...channels: Channel[]) => new Channels(channels) },
        NoticeService,
        NoticeTexts,
        Causes,
        Owners,
        Mutes,
        PreferenceService,
        PreferenceStore,
        UnsubscribeService,
        DeliveryService,
        DeliveryMetrics,
        Sender,
        Sweeper.by(RETENTION),
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

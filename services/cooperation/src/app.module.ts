import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule, Sweeper } from '#libs/service';
import { CONFIG, type Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { DeadlineService } from './deadline/deadline.service.js';
import { DisclosureService } from './disclosure/disclosure.service.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { HelpController } from './help/help.controller.js';
import { HelpService } from './help/help.service.js';
import { HelpListService } from './help/help-list.service.js';
import { AnswerService } from './interest/answer.service.js';
import { ClosingHandler } from './interest/closing.handler.js';
import { ExpressService } from './interest/express.service.js';
import { InterestController } from './interest/interest.controller.js';
import { InterestService } from './interest/interest.service.js';
import { InterestFactsService } from './interest/interest-facts.service.js';
import { NextBestService } from './interest/next-best.service.js';
import { LoadController } from './load/load.controller.js';
import { LoadMetrics } from './load/load.metrics.js';
import { LoadService } from './load/load.service.js';
import { RETENTION } from './retention.js';

/** Expressions of interest: who asks whom, the promise of an answer, contacts that open to both, and how experts answer. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('cooperation', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('cooperation'),
      ],
      controllers: [InterestController, HelpController, LoadController, ClosingHandler, ErasureController],
      providers: [
        { provide: CONFIG, useValue: config },
        ExpressService,
        AnswerService,
        InterestService,
        InterestFactsService,
        NextBestService,
        HelpService,
        HelpListService,
        DisclosureService,
        LoadService,
        LoadMetrics,
        DeadlineService,
        Sweeper.by(RETENTION),
      ],
    };
  }
}

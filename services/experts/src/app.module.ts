import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule } from '#libs/service';
import type { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { ExpertController } from './expert/expert.controller.js';
import { ExpertService } from './expert/expert.service.js';
import { ExpertBatchService } from './expert/expert-batch.service.js';
import { ExpertImportService } from './expert/expert-import.service.js';

/** The directory of experts: profiles, evidence, availability, consent. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('experts', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('experts'),
      ],
      controllers: [ExpertController],
      providers: [ExpertService, ExpertImportService, ExpertBatchService],
    };
  }
}

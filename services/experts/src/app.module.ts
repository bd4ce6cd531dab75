import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { Taxonomy } from '#libs/competences';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule } from '#libs/service';
import type { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { ExpertController } from './expert/expert.controller.js';
import { ExpertService } from './expert/expert.service.js';
import { ExpertBatchService } from './expert/expert-batch.service.js';
import { ExpertImportService } from './expert/expert-import.service.js';

/** The directory of experts: profiles, evidence, availability, consent. */
@Module({})
export class AppModule implements OnModuleInit {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('experts', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('experts'),
      ],
      controllers: [ExpertController, ErasureController],
      providers: [ExpertService, ExpertImportService, ExpertBatchService],
    };
  }
  // Its indexes take a moment to build, for which no request should wait.
  onModuleInit(): void {
    Taxonomy.own();
  }
}

import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { Taxonomy } from '#libs/competences';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule } from '#libs/service';
import { CompanyController } from './company/company.controller.js';
import { CompanyService } from './company/company.service.js';
import { CompanyBatchService } from './company/company-batch.service.js';
import { CompanyImportService } from './company/company-import.service.js';
import type { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { OpportunityController } from './opportunity/opportunity.controller.js';
import { OpportunityService } from './opportunity/opportunity.service.js';
import { OpportunityBatchService } from './opportunity/opportunity-batch.service.js';
import { OpportunityExpiryService } from './opportunity/opportunity-expiry.service.js';

/** Company profiles and their opportunities. */
@Module({})
export class AppModule implements OnModuleInit {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('companies', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('companies'),
      ],
      controllers: [CompanyController, OpportunityController, ErasureController],
      providers: [
        CompanyService,
        CompanyImportService,
        CompanyBatchService,
        OpportunityService,
        OpportunityBatchService,
        OpportunityExpiryService,
      ],
    };
  }
  // Its indexes take a moment to build, for which no request should wait.
  onModuleInit(): void {
    Taxonomy.own();
  }
}

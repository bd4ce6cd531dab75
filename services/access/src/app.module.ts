import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule, Sweeper } from '#libs/service';
import { AuditHandler } from './audit/audit.handler.js';
import { ClaimController } from './claim/claim.controller.js';
import { ClaimService } from './claim/claim.service.js';
import { ClaimMailService } from './claim/claim-mail.service.js';
import type { Config } from './config.js';
import { ConsentController } from './consent/consent.controller.js';
import { ConsentService } from './consent/consent.service.js';
import { ConsentingService } from './consent/consenting.service.js';
import { dataSourceOptions } from './data-source.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { ErasureHandler } from './erasure/erasure.handler.js';
import { ErasureService } from './erasure/erasure.service.js';
import { ExportController } from './export/export.controller.js';
import { ExportService } from './export/export.service.js';
import { InvitationController } from './invitation/invitation.controller.js';
import { InvitationService } from './invitation/invitation.service.js';
import { KeyController } from './key/key.controller.js';
import { KeyService } from './key/key.service.js';
import { MembershipController } from './membership/membership.controller.js';
import { MembershipService } from './membership/membership.service.js';
import { RETENTION } from './retention.js';

/** Who is who, and everybody's rights: memberships, keys, consents, export, erasure, and the book of what was done. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('access', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('access'),
      ],
      controllers: [
        MembershipController,
        ClaimController,
        InvitationController,
        KeyController,
        ConsentController,
        ErasureController,
        ErasureHandler,
        ExportController,
        AuditHandler,
      ],
      providers: [
        MembershipService,
        ClaimService,
        ClaimMailService,
        InvitationService,
        KeyService,
        ConsentService,
        ConsentingService,
        ErasureService,
        ExportService,
        Sweeper.by(RETENTION),
      ],
    };
  }
}

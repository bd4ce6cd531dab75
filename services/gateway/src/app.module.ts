import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ServiceModule } from '#libs/service';
import { ClaimController } from './access/claim.controller.js';
import { KeyController } from './access/key.controller.js';
import { MembershipController } from './access/membership.controller.js';
import { RightsController } from './access/rights.controller.js';
import { AlertController } from './alert/alert.controller.js';
import { CompanyController } from './company/company.controller.js';
import { CompetenceController } from './competence/competence.controller.js';
import type { GatewayConfig } from './config.js';
import { ApiDocument } from './docs/api-document.js';
import { DocsController } from './docs/docs.controller.js';
import { ExpertController } from './expert/expert.controller.js';
import { HealthController } from './health/health.controller.js';
import { HelpController } from './help/help.controller.js';
import { InputPipe } from './http/input.pipe.js';
import { InboxController } from './inbox/inbox.controller.js';
import { InboxStreams } from './inbox/inbox-streams.js';
import { InterestController } from './interest/interest.controller.js';
import { LoadController } from './interest/load.controller.js';
import { MatchController } from './match/match.controller.js';
import { SubjectNames } from './match/subject-names.js';
import { OpportunityController } from './opportunity/opportunity.controller.js';
import { PreferencesController } from './preferences/preferences.controller.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { SessionController } from './session/session.controller.js';
import { SuggestionController } from './suggestion/suggestion.controller.js';
import { UnsubscribeController } from './unsubscribe/unsubscribe.controller.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { WeightsController } from './weights/weights.controller.js';

/** Controllers and what they need, without the connections: enough to describe the API. */
export const api = {
  controllers: [
    CompanyController,
    OpportunityController,
    ExpertController,
    MatchController,
    SuggestionController,
    AlertController,
    InterestController,
    LoadController,
    HelpController,
    CompetenceController,
    InboxController,
    PreferencesController,
    UnsubscribeController,
    WebhookController,
    WeightsController,
    MembershipController,
    ClaimController,
    KeyController,
    RightsController,
    SessionController,
    HealthController,
    DocsController,
  ],
  providers: [
    { provide: APP_PIPE, useClass: InputPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
    ApiDocument,
    SubjectNames,
    InboxStreams,
  ],
};

@Module({})
export class AppModule {
  static forRoot(config: GatewayConfig): DynamicModule {
    return { module: AppModule, imports: [ServiceModule.forRoot('gateway', config)], ...api };
  }
}

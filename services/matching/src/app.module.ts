import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { databaseModule, ServiceModule } from '#libs/service';
import { AlertController } from './alert/alert.controller.js';
import { AlertService } from './alert/alert.service.js';
import { AlertFinder } from './alert/alert-finder.service.js';
import { AlertQuestions } from './alert/alert-questions.service.js';
import { Alerter } from './alert/alerter.service.js';
import { CompetenceController } from './competence/competence.controller.js';
import type { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { ErasureFinisher } from './erasure/erasure-finisher.service.js';
import { FrequencyService } from './frequency/frequency.service.js';
import { Copier } from './index/copier.service.js';
import { IndexController } from './index/index.controller.js';
import { IndexMetrics } from './index/index.metrics.js';
import { IndexKeeper } from './index/index-keeper.service.js';
import { Indexer } from './index/indexer.service.js';
import { SearchEngine } from './index/search-engine.js';
import { SubjectHandler } from './index/subject.handler.js';
import { AnswerHandler } from './learning/answer.handler.js';
import { LearningController } from './learning/learning.controller.js';
import { LearningService } from './learning/learning.service.js';
import { WeightsService } from './learning/weights.service.js';
import { ExposureMetrics } from './load/exposure.metrics.js';
import { LoadHandler } from './load/load.handler.js';
import { Loads } from './load/loads.service.js';
import { Askers } from './match/askers.service.js';
import { CandidateStore } from './match/candidate.store.js';
import { ExplainService } from './match/explain.service.js';
import { Knowledge } from './match/knowledge.service.js';
import { MatchController } from './match/match.controller.js';
import { MatchService } from './match/match.service.js';
import { Questions } from './match/questions.service.js';
import { Ranker } from './match/ranker.service.js';
import { Territories } from './match/territories.service.js';
import { MatchJobs } from './suggestion/match-jobs.service.js';
import { Matcher } from './suggestion/matcher.service.js';
import { Picker } from './suggestion/picker.service.js';
import { Rematcher } from './suggestion/rematcher.service.js';
import { SuggestionController } from './suggestion/suggestion.controller.js';
import { SuggestionService } from './suggestion/suggestion.service.js';
import { SuggestionStore } from './suggestion/suggestion.store.js';
import { Withdrawals } from './suggestion/withdrawals.service.js';
import { ReferenceTaxonomies } from './taxonomy/reference.service.js';

@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceModule.forRoot('matching', config),
        databaseModule(dataSourceOptions(config.DATABASE_URL)),
        MessagingModule.forService('matching'),
      ],
      controllers: [
        MatchController,
        SuggestionController,
        CompetenceController,
        IndexController,
        LearningController,
        SubjectHandler,
        LoadHandler,
        AnswerHandler,
        AlertController,
        ErasureController,
      ],
      providers: [
        ErasureFinisher,
        { provide: SearchEngine, useValue: new SearchEngine(config) },
        ReferenceTaxonomies,
        Copier,
        IndexKeeper,
        IndexMetrics,
        Indexer,
        Askers,
        Territories,
        CandidateStore,
        FrequencyService,
        Knowledge,
        Ranker,
        Questions,
        MatchService,
        ExplainService,
        MatchJobs,
        Matcher,
        Picker,
        Rematcher,
        SuggestionService,
        SuggestionStore,
        Withdrawals,
        WeightsService,
        LearningService,
        Loads,
        ExposureMetrics,
        AlertQuestions,
        AlertFinder,
        AlertService,
        Alerter,
      ],
    };
  }
}

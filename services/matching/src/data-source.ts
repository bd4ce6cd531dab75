import { DataSource, type DataSourceOptions } from 'typeorm';
import { KeepReference1795200000003 } from '#libs/competences';
import { messagingEntities, messagingMigrations } from '#libs/messaging';
import { AlertEntity } from './alert/alert.entity.js';
import { IndexRebuildEntity, SubjectEntity } from './index/subject.entity.js';
import { JudgedPairEntity } from './learning/judged-pair.entity.js';
import { WeightsSwitchEntity, WeightsVersionEntity } from './learning/weights.entity.js';
import { LoadEntity } from './load/load.entity.js';
import { CreateMatching1795200000000 } from './migrations/1795200000000-create-matching.js';
import { NoteAnalysis1795200000001 } from './migrations/1795200000001-note-analysis.js';
import { LearnFromAnswers1795200000005 } from './migrations/1795200000005-learn-from-answers.js';
import { CountWords1795200000010 } from './migrations/1795200000010-count-words.js';
import { ListenToAnswers1795700000003 } from './migrations/1795700000003-listen-to-answers.js';
import { FinishErasures1795800000010 } from './migrations/1795800000010-finish-erasures.js';
import { AnswerWithoutIndex1796000000003 } from './migrations/1796000000003-answer-without-index.js';
import { CheckIndex1796000000004 } from './migrations/1796000000004-check-index.js';
import { PauseAlerts1796300000000 } from './migrations/1796300000000-pause-alerts.js';
import { MatchJobEntity, SuggestionEntity } from './suggestion/suggestion.entity.js';

/** How matching opens its database: the same for the running service, for tests and for TypeORM's command line. */
export function dataSourceOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [
      ...messagingEntities,
      SubjectEntity,
      IndexRebuildEntity,
      SuggestionEntity,
      MatchJobEntity,
      JudgedPairEntity,
      WeightsVersionEntity,
      WeightsSwitchEntity,
      LoadEntity,
      AlertEntity,
    ],
    migrations: [
      ...messagingMigrations,
      CreateMatching1795200000000,
      NoteAnalysis1795200000001,
      KeepReference1795200000003,
      LearnFromAnswers1795200000005,
      CountWords1795200000010,
      ListenToAnswers1795700000003,
      FinishErasures1795800000010,
      AnswerWithoutIndex1796000000003,
      CheckIndex1796000000004,
      PauseAlerts1796300000000,
    ],
    synchronize: false,
  };
}

export default new DataSource(dataSourceOptions(process.env.DATABASE_URL ?? ''));

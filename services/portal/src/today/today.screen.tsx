import { useTranslation } from 'react-i18next';
import { weekday } from '../i18n/format.js';
import { ScreenTitle } from '../parts/card.js';
import { useSession } from '../session/session.js';
import { CoordinatorToday } from './coordinator-today.js';
import { ExpertToday } from './expert-today.js';
import { FirmToday } from './firm-today.js';

/** What matters at this moment, by role. */
export function TodayScreen() {
  const { t } = useTranslation('today');
  const { actor } = useSession();
  return (
    <>
      <ScreenTitle intro={weekday(new Date())}>{t('title')}</ScreenTitle>
      {actor.kind === 'firm' && actor.id && <FirmToday id={actor.id} />}
      {actor.kind === 'expert' && actor.id && <ExpertToday id={actor.id} />}
      {['coordinator', 'facilitator', 'admin'].includes(actor.kind) && <CoordinatorToday kind={actor.kind} />}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Counter, Counters } from '../parts/counter.js';
import { useClaims, useInterests, useLoads, useQuestions } from './queue.queries.js';

/** What waits, in figures. */
export function QueueCounters({ whole }: { whole: boolean }) {
  const { t } = useTranslation('queue');
  const questions = useQuestions();
  const overdue = useInterests('overdue');
  const waiting = useInterests('waiting');
  const talks = useInterests('talks');
  const claims = useClaims(whole);
  const loads = useLoads(whole);
  return (
    <Counters label={t('counter.label')}>
      <Counter query={questions} label={t('counter.questions')} />
      <Counter query={overdue} label={t('counter.overdue')} pressing />
      <Counter query={waiting} label={t('counter.waiting')} />
      <Counter query={talks} label={t('counter.talks')} />
      {whole && <Counter query={claims} label={t('counter.claims')} />}
      {whole && (
        <Counter query={loads} label={t('counter.full')} counts={({ capacity, load }) => load.open >= capacity} />
      )}
    </Counters>
  );
}

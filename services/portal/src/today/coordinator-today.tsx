import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { Card } from '../parts/card.js';
import { Counter, Counters } from '../parts/counter.js';
import { Shown } from '../parts/states.js';
import { useQuestions } from '../queue/queue.queries.js';
import { InterestList } from './interest-list.js';
import classes from './today.module.css';

const PAGE = 100;
const SHOWN = 8;

/** The day of who keeps the platform: what waits, in figures, and who waits too long. */
export function CoordinatorToday({ kind }: { kind: string }) {
  const { t } = useTranslation('today');
  const overdue = useQuery({
    queryKey: ['interests', 'overdue'],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/interests', { params: { query: { overdue: 'true', limit: PAGE } }, signal })),
  });
  const waiting = useQuery({
    queryKey: ['interests', 'submitted'],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/interests', { params: { query: { state: 'submitted', limit: PAGE } }, signal })),
  });
  const claims = useQuery({
    queryKey: ['claims', 'pending'],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/claims', { params: { query: { state: 'pending', limit: PAGE } }, signal })),
  });
  const loads = useQuery({
    queryKey: ['loads'],
    queryFn: ({ signal }) => data(api.GET('/v1/loads', { params: { query: { limit: PAGE } }, signal })),
    select: ({ items, nextCursor }) => ({ items: items.filter(({ open }) => open > 0), nextCursor }),
    // Facilitators keep firms, not experts.
    enabled: kind !== 'facilitator',
  });
  return (
    <div className={classes.main}>
      <Counters label={t('queue.label')}>
        <Counter query={useQuestions()} label={t('queue.questions')} />
        <Counter query={overdue} label={t('queue.overdue')} pressing />
        <Counter query={waiting} label={t('queue.waiting')} />
        <Counter query={claims} label={t('queue.claims')} />
        {kind !== 'facilitator' && <Counter query={loads} label={t('queue.busy')} />}
      </Counters>
      <Card>
        <h2>{t('queue.late')}</h2>
        <Shown query={overdue}>
          {({ items }) => <InterestList interests={items.slice(0, SHOWN)} none={t('queue.none')} />}
        </Shown>
      </Card>
    </div>
  );
}

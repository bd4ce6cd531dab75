import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { Card } from '../shared/card.js';
import { Loading, Shown } from '../shared/states.js';
import { InterestList } from './interest-list.js';
import classes from './today.module.css';
import { countOf } from './today.queries.js';

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
      <ul className={classes.counters}>
        <Counter query={overdue} label={t('queue.overdue')} pressing />
        <Counter query={waiting} label={t('queue.waiting')} />
        <Counter query={claims} label={t('queue.claims')} />
        {kind !== 'facilitator' && <Counter query={loads} label={t('queue.busy')} />}
      </ul>
      <Card>
        <h2>{t('queue.late')}</h2>
        <Shown query={overdue}>
          {({ items }) => <InterestList interests={items.slice(0, SHOWN)} none={t('queue.none')} />}
        </Shown>
      </Card>
    </div>
  );
}

interface CounterProps {
  query: UseQueryResult<{ items: readonly unknown[]; nextCursor?: string | null }>;
  label: string;
  /** Anything but nothing is too much. */
  pressing?: boolean;
}

function Counter({ query, label, pressing = false }: CounterProps) {
  return (
    <li className={classes.counter}>
      <p>{label}</p>
      <Shown query={query} waiting={<Loading lines={1} />}>
        {(page) => (
          <p className={classes.figure} data-pressing={(pressing && page.items.length > 0) || undefined}>
            {countOf(page)}
          </p>
        )}
      </Shown>
    </li>
  );
}

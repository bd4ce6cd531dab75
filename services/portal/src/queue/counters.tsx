import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { number } from '../shared/format.js';
import { Loading, Shown } from '../shared/states.js';
import classes from './queue.module.css';
import { type Listed, useClaims, useInterests, useLoads } from './queue.queries.js';

/** What waits, in figures. */
export function Counters({ whole }: { whole: boolean }) {
  const { t } = useTranslation('queue');
  const overdue = useInterests('overdue');
  const waiting = useInterests('waiting');
  const talks = useInterests('talks');
  const claims = useClaims(whole);
  const loads = useLoads(whole);
  return (
    <ul className={classes.counters} aria-label={t('counter.label')}>
      <Counter query={overdue} label={t('counter.overdue')} pressing />
      <Counter query={waiting} label={t('counter.waiting')} />
      <Counter query={talks} label={t('counter.talks')} />
      {whole && <Counter query={claims} label={t('counter.claims')} />}
      {whole && (
        <Counter query={loads} label={t('counter.full')} counts={({ capacity, load }) => load.open >= capacity} />
      )}
    </ul>
  );
}

interface Props<T> {
  query: UseQueryResult<Listed<T>>;
  label: string;
  counts?: (item: T) => boolean;
  /** Anything but nothing is too much. */
  pressing?: boolean;
}

function Counter<T>({ query, label, counts = () => true, pressing = false }: Props<T>) {
  return (
    <li className={classes.counter}>
      <p>{label}</p>
      <Shown query={query} waiting={<Loading lines={1} />}>
        {({ items, more }) => {
          const count = items.filter(counts).length;
          return (
            <p className={classes.figure} data-pressing={(pressing && count > 0) || undefined}>
              {number(count)}
              {more && '+'}
            </p>
          );
        }}
      </Shown>
    </li>
  );
}

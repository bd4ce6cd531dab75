import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { number } from '../i18n/format.js';
import classes from './counter.module.css';
import { Loading, Shown } from './states.js';

/** Figures side by side. */
export function Counters({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.counters} aria-label={label}>
      {children}
    </ul>
  );
}

interface Props<T> {
  query: UseQueryResult<{ items: readonly T[]; nextCursor?: string | null; more?: boolean }>;
  label: string;
  counts?: (item: T) => boolean;
  /** Anything but nothing is too much. */
  pressing?: boolean;
}

/** How many there are, as far as one page tells: `100+` where there are more. */
export function Counter<T>({ query, label, counts = () => true, pressing = false }: Props<T>) {
  return (
    <li className={classes.counter}>
      <p>{label}</p>
      <Shown query={query} waiting={<Loading lines={1} />}>
        {({ items, nextCursor, more = Boolean(nextCursor) }) => {
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

import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem.js';
import { asProblem } from '../api/write.js';
import { WarningIcon } from './icons.js';
import classes from './states.module.css';

/** What will come, in outline. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation('parts');
  return (
    <div className={classes.loading} role="status">
      <span className="heard">{t('loading')}</span>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height={at === 0 ? '2rem' : '1.1rem'} width={`${[55, 100, 92, 76][at % 4]}%`} />
      ))}
    </div>
  );
}

interface EmptyProps {
  title: string;
  children: ReactNode;
  /** What one can do about it: a button or a link. */
  action?: ReactNode;
}

/** Nothing is there: why, and what one can do about it. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <svg
        aria-hidden="true"
        viewBox="0 0 120 48"
        width="120"
        height="48"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <path d="M6 34 34 9l17 17 11-9 52 17Z" strokeLinejoin="round" />
        <path d="M14 41c8-4 14-4 22 0s14 4 22 0 14-4 22 0 14 4 22 0" strokeLinecap="round" />
      </svg>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What went wrong with a whole request, in words for people. What is wrong with a field stands beside the field: `errorFor`. */
export function ProblemNote({ problem, again }: { problem: ProblemError | undefined; again?: () => void }) {
  const { t } = useTranslation('parts');
  if (!problem) return null;
  const known = ['offline', 'unavailable', 'timeout', 'too-many-requests', 'internal', 'unreadable'] as const;
  const ours = known.find((code) => code === problem.code);
  return (
    <div className={classes.problem} role="alert">
      <WarningIcon />
      <div>
        <p className={classes.title}>{ours ? t(`problem.${ours}`) : problem.title}</p>
        {!ours && <p>{problem.detail}</p>}
        {problem.requestId && <p className={classes.request}>{t('problem.request', { id: problem.requestId })}</p>}
        {again && (
          <Button variant="default" size="sm" onClick={again}>
            {t('again')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What is wrong with one field, by its JSON Pointer: for the `error` of an input. */
export function errorFor(problem: ProblemError | undefined, pointer: string): string | undefined {
  const found = problem?.errors.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  return found?.length ? found.map(({ detail }) => detail).join(' · ') : undefined;
}

interface ShownProps<T> {
  query: UseQueryResult<T>;
  /** While it is awaited; lines in outline without it. */
  waiting?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows what a query has found, or that it is awaited, or why it failed. What was found before stays while it is asked again. */
export function Shown<T>({ query, waiting = <Loading />, children }: ShownProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemNote problem={asProblem(query.error)} again={() => void query.refetch()} />;
  return waiting;
}

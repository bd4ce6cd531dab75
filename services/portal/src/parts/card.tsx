import type { ReactNode } from 'react';
import classes from './card.module.css';

/** A surface for things that belong together. */
export function Card({
  children,
  label,
  as: Tag = 'section',
}: {
  children: ReactNode;
  label?: string;
  as?: 'section' | 'li' | 'article' | 'div';
}) {
  return (
    <Tag className={classes.card} aria-label={label}>
      {children}
    </Tag>
  );
}

/** The heading of a screen, its first and only h1, and the title of the page. */
export function ScreenTitle({ children, intro }: { children: string; intro?: ReactNode }) {
  return (
    <div className={classes.head}>
      <title>{`${children} · Ceresio`}</title>
      <h1 tabIndex={-1} id="screen-title">
        {children}
      </h1>
      {intro && <p>{intro}</p>}
    </div>
  );
}

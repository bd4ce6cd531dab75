import type { ReactNode } from 'react';
import { Card } from '../parts/card.js';
import classes from './preferences.module.css';

interface Props {
  /** Under which one goes to it: `/preferences#mail`. */
  id: string;
  title: string;
  /** What it means, in a sentence. */
  means: ReactNode;
  children: ReactNode;
}

/** One part of the preferences. */
export function Part({ id, title, means, children }: Props) {
  return (
    <div id={id} className={classes.part}>
      <Card>
        <h2>{title}</h2>
        <p className={classes.means}>{means}</p>
        {children}
      </Card>
    </div>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../api/client.js';
import { Deadline } from '../parts/due.js';
import { Identity } from '../parts/identity.js';
import { addressOf } from '../shell/addresses.js';
import classes from './today.module.css';

interface Props {
  interests: readonly Schemas['Interest'][];
  none: string;
}

/** Questions with who they are from or to, and by when they are to be answered. */
export function InterestList({ interests, none }: Props) {
  if (interests.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <ul className={classes.list}>
      {interests.map(({ id, counterpart, dueAt, note }) => (
        <li key={id}>
          <Identity {...counterpart} as={(name) => <Link to={addressOf.interest(id)}>{name}</Link>} />
          {note && <p className={classes.note}>{note}</p>}
          <Deadline at={dueAt} />
        </li>
      ))}
    </ul>
  );
}

/** A link that looks like what it is: the thing to do, or one that can be done `aside`. */
export function ActionLink({ to, children, aside = false }: { to: string; children: ReactNode; aside?: boolean }) {
  return (
    <Button component={Link} to={to} className={classes.action} variant={aside ? 'default' : 'filled'}>
      {children}
    </Button>
  );
}

import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import classes from './find.module.css';

interface Props {
  label: string;
  description?: string;
  /** Each value with how many have it, in the order in which they are listed. */
  values: readonly (readonly [string, number])[];
  chosen: readonly string[];
  change: (chosen: string[]) => void;
  nameOf: (value: string) => React.ReactNode;
  /** What the button says that shows `count` more of them, or fewer again; without it all are shown. */
  more?: (all: boolean, count: number) => string;
}

const FIRST = 7;

/** Values to tick, and how many each would leave. */
export function Facet({ label, description, values, chosen, change, nameOf, more }: Props) {
  const [all, setAll] = useState(false);
  if (values.length === 0) return null;
  const listed = values.filter(([value], at) => all || !more || at < FIRST || chosen.includes(value));
  return (
    <Checkbox.Group label={label} description={description} value={[...chosen]} onChange={change}>
      <div className={classes.checks}>
        {listed.map(([value, count]) => (
          <Checkbox
            key={value}
            size="sm"
            value={value}
            label={
              <>
                {nameOf(value)} <span className={classes.aside}>({count})</span>
              </>
            }
          />
        ))}
      </div>
      {more && values.length > FIRST && (
        <button type="button" className={classes.link} aria-expanded={all} onClick={() => setAll(!all)}>
          {more(all, values.length - FIRST)}
        </button>
      )}
    </Checkbox.Group>
  );
}

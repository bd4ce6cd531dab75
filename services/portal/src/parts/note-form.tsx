import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ProblemError } from '../api/problem.js';
import classes from './note-form.module.css';
import { errorFor, ProblemNote } from './states.js';

interface Props {
  words: { note: string; means: string; do: string };
  /** Gets what to send: without a note, nothing of it. */
  send: (body: { note?: string }) => void;
  sending: boolean;
  problem: ProblemError | undefined;
  children?: ReactNode;
}

/** A few words to the other side, which one may also leave out. */
export function NoteForm({ words, send, sending, problem, children }: Props) {
  const [note, setNote] = useState('');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send(note.trim() ? { note: note.trim() } : {});
      }}
    >
      {children}
      <Textarea
        label={words.note}
        description={words.means}
        autosize
        minRows={3}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errorFor(problem, '/note')}
        data-autofocus
      />
      <ProblemNote problem={problem} />
      <div>
        <Button type="submit" loading={sending}>
          {words.do}
        </Button>
      </div>
    </form>
  );
}

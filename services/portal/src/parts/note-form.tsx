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
  /** What is said where nothing was written; without it one may leave the words out. */
  missing?: string;
  children?: ReactNode;
}

/** A few words to somebody. */
export function NoteForm({ words, send, sending, problem, missing, children }: Props) {
  const [note, setNote] = useState('');
  const [unwritten, setUnwritten] = useState(false);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (missing && !note.trim()) return setUnwritten(true);
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
        required={missing !== undefined}
        error={unwritten && !note.trim() ? missing : (errorFor(problem, '/note') ?? errorFor(problem, '/text'))}
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

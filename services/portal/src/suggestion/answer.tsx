import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once } from '../api/client.js';
import { change, useWrite } from '../api/write.js';
import { Card } from '../parts/card.js';
import { Dialog } from '../parts/dialog.js';
import { Deadline } from '../parts/due.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { ReasonChoice, type ReasonCode } from './reason-choice.js';
import classes from './suggestion.module.css';
import { type Interest, interestKey } from './suggestion.queries.js';

const STALE = [['interests'], ['suggestions'], ['inbox']] as const;

/** Yes or no to a question: shown at once, and taken back when the platform refuses. */
export function Answer({ interest }: { interest: Interest }) {
  const { t } = useTranslation('suggestion');
  const [note, setNote] = useState('');
  const [declining, setDeclining] = useState(false);
  const { id, dueAt } = interest;
  const accept = useWrite({
    write: (text: string, key) =>
      data(
        api.POST('/v1/interests/{id}/accept', {
          params: { path: { id }, header: { ...once(key), ...ifMatch(interest) } },
          body: text ? { note: text } : {},
        }),
      ),
    atOnce: () => [answered(id, 'taken-over')],
    stale: STALE,
    done: () => say(t('answer.accepted')),
  });
  return (
    <Card>
      <h2>{t('answer.title')}</h2>
      <Deadline at={dueAt} />
      <p>{t('answer.means')}</p>
      <Textarea
        label={t('answer.note')}
        description={t('answer.noteMeans')}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errorFor(accept.problem, '/note')}
      />
      <ProblemNote problem={accept.problem} />
      <div className={classes.acts}>
        <Button loading={accept.sending} onClick={() => accept.send(note.trim())}>
          {t('answer.accept')}
        </Button>
        <Button variant="default" onClick={() => setDeclining(true)}>
          {t('answer.decline')}
        </Button>
      </div>
      <Dialog opened={declining} close={() => setDeclining(false)} title={t('decline.title')}>
        <DeclineForm interest={interest} note={note} close={() => setDeclining(false)} />
      </Dialog>
    </Card>
  );
}

function DeclineForm({ interest, note: begun, close }: { interest: Interest; note: string; close: () => void }) {
  const { t } = useTranslation('suggestion');
  const [reasonCode, setReasonCode] = useState<ReasonCode>();
  const [note, setNote] = useState(begun);
  const [unchosen, setUnchosen] = useState(false);
  const { id } = interest;
  const decline = useWrite({
    write: (why: ReasonCode, key) =>
      data(
        api.POST('/v1/interests/{id}/decline', {
          params: { path: { id }, header: { ...once(key), ...ifMatch(interest) } },
          body: { reasonCode: why, ...(note.trim() && { note: note.trim() }) },
        }),
      ),
    atOnce: (why) => [answered(id, 'not-pertinent', why)],
    stale: STALE,
    done: () => say(t('answer.declined')),
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!reasonCode) return setUnchosen(true);
        decline.send(reasonCode);
        close();
      }}
    >
      <ReasonChoice
        label={t('decline.reason')}
        value={reasonCode}
        onChange={setReasonCode}
        error={unchosen && !reasonCode ? t('decline.choose') : undefined}
      />
      <Textarea
        label={t('decline.note')}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit">{t('decline.do')}</Button>
    </form>
  );
}

const answered = (id: string, state: Interest['state'], reasonCode: ReasonCode | null = null) =>
  change<Interest>(interestKey(id), (before) => ({
    ...before,
    state,
    reasonCode,
    answeredAt: new Date().toISOString(),
  }));

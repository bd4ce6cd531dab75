import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, data, ifMatch, once } from '../api/client.js';
import { change, useWrite } from '../api/write.js';
import { Card } from '../parts/card.js';
import { Dialog } from '../parts/dialog.js';
import { NoteForm } from '../parts/note-form.js';
import { say } from '../parts/toasts.store.js';
import { ReasonChoice, type ReasonCode } from './reason-choice.js';
import classes from './suggestion.module.css';
import { type Suggestion, suggestionKey } from './suggestion.queries.js';

type Open = 'interested' | 'dismiss' | undefined;

/** What one does with a suggestion: ask, or set it aside. */
export function Ask({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestion');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const isOpen = suggestion.state === 'open';
  return (
    <Card>
      <h2>{t('next.title')}</h2>
      <p>{isOpen ? t('next.text') : t('next.dismissed')}</p>
      <div className={classes.acts}>
        {isOpen && <Button onClick={() => setOpen('interested')}>{t('interested.open')}</Button>}
        {isOpen && (
          <Button variant="default" onClick={() => setOpen('dismiss')}>
            {t('dismiss.open')}
          </Button>
        )}
      </div>
      <Dialog opened={open === 'interested'} close={close} title={t('interested.title')}>
        <InterestedForm suggestion={suggestion} close={close} />
      </Dialog>
      <Dialog opened={open === 'dismiss'} close={close} title={t('dismiss.title')}>
        <DismissForm suggestion={suggestion} close={close} />
      </Dialog>
    </Card>
  );
}

interface FormProps {
  suggestion: Suggestion;
  close: () => void;
}

function InterestedForm({ suggestion, close }: FormProps) {
  const { t } = useTranslation('suggestion');
  const ask = useWrite({
    write: (body: { note?: string }, key) =>
      data(
        api.POST('/v1/suggestions/{id}/interest', {
          params: { path: { id: suggestion.id }, header: once(key) },
          body,
        }),
      ),
    stale: [['interests']],
    done: () => {
      say(t('interested.done'));
      close();
    },
  });
  return (
    <NoteForm
      words={{ note: t('interested.note'), means: t('interested.noteMeans'), do: t('interested.do') }}
      send={ask.send}
      sending={ask.sending}
      problem={ask.problem}
    >
      <p>{suggestion.anonymous ? t('interested.anonymous') : t('interested.text')}</p>
    </NoteForm>
  );
}

function DismissForm({ suggestion, close }: FormProps) {
  const { t } = useTranslation('suggestion');
  const { id } = useParams();
  const [reason, setReason] = useState<ReasonCode>();
  const dismiss = useWrite({
    write: (why: ReasonCode | undefined, key) =>
      data(
        api.POST('/v1/suggestions/{id}/dismiss', {
          params: { path: { id: suggestion.id }, header: { ...once(key), ...ifMatch(suggestion) } },
          body: why ? { reason: why } : {},
        }),
      ),
    atOnce: () => [change<Suggestion>(suggestionKey(id ?? ''), (before) => ({ ...before, state: 'dismissed' }))],
    stale: [['suggestions']],
    done: () => say(t('dismiss.done')),
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        dismiss.send(reason);
        close();
      }}
    >
      <p>{t('dismiss.text')}</p>
      <ReasonChoice label={t('dismiss.reason')} value={reason} onChange={setReason} />
      <Button type="submit">{t('dismiss.do')}</Button>
    </form>
  );
}

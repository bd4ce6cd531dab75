import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { date } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { Dialog } from '../parts/dialog.js';
import { NoteForm } from '../parts/note-form.js';
import { Loading, Shown } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { addressOf } from '../shell/addresses.js';
import classes from './suggestion.module.css';

type Page = { items: Schemas['HelpRequest'][] };

interface Props {
  opportunityId: string;
  /** Where one looks at the opportunity itself there is none. */
  suggestionId?: string;
}

const STALE = [['help']] as const;

/** What the reader asked the coordinators about this, with the answers, and asking. One question at a time waits for an answer. */
export function CoordinatorCard({ opportunityId, suggestionId }: Props) {
  const { t } = useTranslation('suggestion');
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const query = useQuery({
    queryKey: ['help', 'about', opportunityId],
    queryFn: ({ signal }): Promise<Page> =>
      data(api.GET('/v1/help-requests', { params: { query: { opportunityId, limit: 100 } }, signal })),
    // A coordinator may answer while one looks.
    refetchInterval: 20_000,
  });
  return (
    <Card>
      <h2>{t('coordinator.title')}</h2>
      <p>{t('coordinator.text')}</p>
      <Shown query={query} waiting={<Loading lines={2} />}>
        {({ items }) => (
          <>
            <ul className={classes.questions} aria-live="polite">
              {items.toReversed().map((question) => (
                <Question
                  key={question.id}
                  question={question}
                  here={question.suggestionId === (suggestionId ?? null)}
                />
              ))}
            </ul>
            {!items.some(({ state }) => state === 'open') && (
              <div className={classes.acts}>
                <Button variant="default" onClick={() => setAsking(true)}>
                  {t('coordinator.open')}
                </Button>
              </div>
            )}
          </>
        )}
      </Shown>
      <Dialog opened={asking} close={close} title={t('coordinator.ask')}>
        <QuestionForm about={suggestionId ? { suggestionId } : { opportunityId }} close={close} />
      </Dialog>
    </Card>
  );
}

function QuestionForm({ about, close }: { about: Partial<Props>; close: () => void }) {
  const { t } = useTranslation('suggestion');
  const ask = useWrite({
    write: (text: string, key) =>
      data(api.POST('/v1/help-requests', { params: { header: once(key) }, body: { ...about, text } })),
    stale: STALE,
    done: () => {
      say(t('coordinator.done'));
      close();
    },
  });
  return (
    <NoteForm
      words={{ note: t('coordinator.question'), means: t('coordinator.means'), do: t('coordinator.do') }}
      missing={t('coordinator.missing')}
      send={({ note = '' }) => ask.send(note)}
      sending={ask.sending}
      problem={ask.problem}
    />
  );
}

function Question({ question, here }: { question: Schemas['HelpRequest']; here: boolean }) {
  const { t } = useTranslation('suggestion');
  const { state, text, answer, createdAt, answeredAt, suggestionId } = question;
  return (
    <li className={classes.stack}>
      <p className={classes.standing}>
        <span data-state={state}>{t(`coordinator.state.${state}`)}</span>
      </p>
      <figure className={classes.quote}>
        <figcaption>
          {t('coordinator.asked', { date: date(createdAt) })}
          {!here && suggestionId && (
            <>
              {' · '}
              <Link to={addressOf.suggestion(suggestionId)}>{t('coordinator.which')}</Link>
            </>
          )}
        </figcaption>
        {text && <blockquote>{text}</blockquote>}
      </figure>
      {answeredAt && (
        <figure className={classes.quote}>
          <figcaption>{t('coordinator.answered', { date: date(answeredAt) })}</figcaption>
          {answer && <blockquote>{answer}</blockquote>}
        </figure>
      )}
      {state === 'open' && <TakeBack question={question} />}
    </li>
  );
}

function TakeBack({ question }: { question: Schemas['HelpRequest'] }) {
  const { t } = useTranslation('suggestion');
  const [asking, setAsking] = useState(false);
  const { id } = question;
  const { send, sending, problem } = useWrite({
    write: (_: undefined, key) => {
      const params = { path: { id }, header: { ...once(key), ...ifMatch(question) } };
      return data(api.POST('/v1/help-requests/{id}/withdraw', { params, body: {} }));
    },
    stale: STALE,
    done: () => say(t('coordinator.withdraw.done')),
  });
  return (
    <div className={classes.acts}>
      <Button variant="default" size="sm" onClick={() => setAsking(true)}>
        {t('coordinator.withdraw.open')}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t('coordinator.withdraw.open')}
        word={t('withdraw.question.do')}
        act={() => send(undefined)}
        acting={sending}
        problem={problem}
      >
        <p>{t('coordinator.withdraw.text')}</p>
      </ConfirmDialog>
    </div>
  );
}

import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ago, moment } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { Identity } from '../parts/identity.js';
import { NoteForm } from '../parts/note-form.js';
import { Shown } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { addressOf } from '../shell/addresses.js';
import { About } from './about.js';
import { liesIn } from './places.js';
import classes from './queue.module.css';
import { type HelpRequest, useAdvice, useQuestions } from './queue.queries.js';

/** What firms and experts ask those who coordinate their territory; answered where it stands. */
export function QuestionsCard({ place }: { place: string | undefined }) {
  const { t } = useTranslation('queue');
  const query = useQuestions();
  const heading = useRef<HTMLHeadingElement>(null);
  const answered = () => {
    say(t('questions.done'));
    // What was answered goes, with the button that was pressed.
    heading.current?.focus();
  };
  return (
    <Card>
      <h2 ref={heading} tabIndex={-1}>
        {t('questions.title')}
      </h2>
      <p className={classes.means}>{t('questions.means')}</p>
      <Shown query={query}>
        {({ items, more }) => {
          const shown = items.filter(({ asker }) => liesIn(place, asker));
          if (shown.length === 0)
            return <p className={classes.none}>{t(place ? 'interests.noneHere' : 'questions.none')}</p>;
          return (
            <>
              <ul className={classes.rows}>
                {shown.map((question) => (
                  <QuestionRow key={question.id} question={question} answered={answered} />
                ))}
              </ul>
              {more && <p className={classes.means}>{t('interests.more')}</p>}
            </>
          );
        }}
      </Shown>
    </Card>
  );
}

function QuestionRow({ question, answered }: { question: HelpRequest; answered: () => void }) {
  const { t } = useTranslation('queue');
  const { asker, text, createdAt, opportunityId, suggestionId } = question;
  const { name } = asker;
  const answer = useAdvice(question, answered);
  return (
    <li className={classes.entry}>
      <Identity
        {...asker}
        as={(name) => (
          <h3>
            <Link to={addressOf.profileOf(asker.type === 'company' ? 'firm' : 'expert', asker.id ?? '')}>{name}</Link>
          </h3>
        )}
      />
      <About id={opportunityId} />
      <p className={classes.note}>{text}</p>
      <p className={classes.facts}>
        <time dateTime={createdAt} title={moment(createdAt)}>
          {t('questions.asked', { ago: ago(createdAt) })}
        </time>
        {suggestionId && <Link to={addressOf.suggestion(suggestionId)}>{t('questions.suggestion')}</Link>}
      </p>
      <NoteForm
        words={{
          // Each of many fields has a name of its own.
          note: name ? t('questions.answerTo', { name }) : t('questions.answer'),
          means: t('questions.answerMeans'),
          do: t('questions.do'),
        }}
        missing={t('questions.missing')}
        send={({ note = '' }) => answer.send(note)}
        sending={answer.sending}
        problem={answer.problem}
      />
    </li>
  );
}

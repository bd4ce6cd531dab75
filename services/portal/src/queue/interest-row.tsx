import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { date } from '../i18n/format.js';
import { Deadline } from '../parts/due.js';
import { Identity } from '../parts/identity.js';
import { ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { addressOf } from '../shell/addresses.js';
import { About } from './about.js';
import { isOutcome, nextStates, type State, type View } from './next-states.js';
import { OutcomeDialog } from './outcome.dialog.js';
import classes from './queue.module.css';
import { type Interest, useLead } from './queue.queries.js';

/** One question: who is asked, about what, since when; and how far it can be led. */
export function InterestRow({ interest, view }: { interest: Interest; view: View }) {
  const { t } = useTranslation('queue');
  const { id, counterpart, state, dueAt, createdAt, note, next, answeredAt } = interest;
  const [outcome, setOutcome] = useState<State>();
  const { send, sending, problem } = useLead(view, (led) => say(t('led', { state: t(`state.${led.state}`) })));
  const choices = nextStates(state);
  const choose = (chosen: State | undefined) => {
    if (!chosen) return;
    if (isOutcome(chosen)) setOutcome(chosen);
    else send({ interest, state: chosen });
  };
  return (
    <li className={classes.entry}>
      <Identity
        {...counterpart}
        as={(name) => (
          <h3>
            <Link to={addressOf.interest(id)}>{name}</Link>
          </h3>
        )}
      />
      <About id={interest.opportunityId} />
      {note && <p className={classes.note}>{note}</p>}
      <p className={classes.facts}>
        <strong>{t(`state.${state}`)}</strong> <span>{t('interests.asked', { date: date(createdAt) })}</span>
        {answeredAt && <span>{t('interests.answered', { date: date(answeredAt) })}</span>}
        {view !== 'talks' && <Deadline at={dueAt} />}
      </p>
      <ProblemNote problem={problem} />
      <div className={classes.acts}>
        {choices.length > 0 && (
          <NativeSelect
            size="sm"
            label={t('interests.lead')}
            value=""
            disabled={sending}
            onChange={(event) => choose(choices.find((one) => one === event.currentTarget.value))}
            data={[
              { value: '', label: t('interests.choose') },
              ...choices.map((value) => ({ value, label: t(`state.${value}`) })),
            ]}
          />
        )}
        {next && (
          <Button component={Link} to={addressOf.suggestion(next.suggestionId)} size="sm" variant="default">
            {t('interests.next')}
          </Button>
        )}
      </div>
      <OutcomeDialog
        outcome={outcome}
        close={() => setOutcome(undefined)}
        onChosen={(achievement) => {
          if (outcome) send({ interest, state: outcome, ...(achievement && { achievement }) });
          setOutcome(undefined);
        }}
      />
    </li>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../parts/card.js';
import { addressOf } from '../shell/addresses.js';
import { Answer } from './answer.js';
import { Contact } from './contact.js';
import { ReasonName } from './reason-choice.js';
import classes from './suggestion.module.css';
import type { Interest } from './suggestion.queries.js';
import { isWaiting } from './timeline.js';
import { Withdraw } from './withdraw.js';

const TALKS: readonly Interest['state'][] = [
  'taken-over',
  'first-contact',
  'awaiting-information',
  'forwarded',
  'negotiating',
];

/** How it stands between the two, and what the reader can do about it. */
export function Asked({ interest }: { interest: Interest }) {
  const { t } = useTranslation('suggestion');
  const { side, note, answerNote, reasonCode, counterpart, next, state } = interest;
  const waiting = isWaiting(interest);
  const mine = side === 'asker';
  return (
    <div className={classes.stack} aria-live="polite">
      <Card>
        <h2>{t('asked.title')}</h2>
        <p className={classes.standing}>
          <span data-state={waiting ? 'waiting' : state}>{t(`state.${state}`)}</span>
        </p>
        {waiting && mine && <p>{t('asked.waiting')}</p>}
        {note && (
          <figure className={classes.quote}>
            <figcaption>{mine ? t('asked.yourNote') : t('asked.theirNote')}</figcaption>
            <blockquote>{note}</blockquote>
          </figure>
        )}
        {answerNote && (
          <figure className={classes.quote}>
            <figcaption>{mine ? t('asked.theirAnswer') : t('asked.yourAnswer')}</figcaption>
            <blockquote>{answerNote}</blockquote>
          </figure>
        )}
        {reasonCode && (
          <p>
            {t('asked.reason')} <strong>{<ReasonName code={reasonCode} />}</strong>
          </p>
        )}
        {next && (
          <div>
            <p>{t('asked.next')}</p>
            <Button component={Link} to={addressOf.suggestion(next.suggestionId)} size="sm">
              {t('asked.nextOpen')}
            </Button>
          </div>
        )}
        {((waiting && mine) || (counterpart.contact && TALKS.includes(state))) && side !== 'coordinator' && (
          <Withdraw interest={interest} />
        )}
      </Card>
      <Contact counterpart={counterpart} />
      {waiting && side === 'asked' && <Answer interest={interest} />}
    </div>
  );
}

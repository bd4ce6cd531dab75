import { useTranslation } from 'react-i18next';
import { date } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { Deadline } from '../parts/due.js';
import classes from './suggestion.module.css';
import type { Interest } from './suggestion.queries.js';
import { timelineOf } from './timeline.js';

interface Props {
  suggestedAt: string | undefined;
  interest: Interest | undefined;
}

/** What has been between the two, and by when what comes next is due. */
export function Timeline({ suggestedAt, interest }: Props) {
  const { t } = useTranslation('suggestion');
  const moments = timelineOf(suggestedAt, interest);
  return (
    <Card>
      <h2>{t('timeline.title')}</h2>
      <ol className={classes.timeline}>
        {moments.map(({ step, at, past }) => (
          <li key={step} data-past={past || undefined}>
            <span>{t(`timeline.${step}`)}</span>
            {at && (past ? <time dateTime={at}>{date(at)}</time> : <Deadline at={at} />)}
          </li>
        ))}
      </ol>
      {!interest && <p className={classes.quiet}>{t('timeline.tenDays')}</p>}
    </Card>
  );
}

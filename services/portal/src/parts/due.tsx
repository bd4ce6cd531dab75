import { useTranslation } from 'react-i18next';
import { date, inDays } from '../i18n/format.js';
import { left } from './deadline.js';
import classes from './due.module.css';
import { ClockIcon, WarningIcon } from './icons.js';

/** By when somebody is to answer, and how much it presses. */
export function Deadline({ at }: { at: string }) {
  const { t } = useTranslation('parts');
  const { days, urgency } = left(new Date(at), new Date());
  const when = { when: inDays(days), date: date(at) };
  return (
    <span className={classes.due} data-urgency={urgency}>
      {urgency === 'calm' ? <ClockIcon /> : <WarningIcon />}
      <time dateTime={at}>{urgency === 'late' ? t('deadline.late', when) : t('deadline.due', when)}</time>
    </span>
  );
}

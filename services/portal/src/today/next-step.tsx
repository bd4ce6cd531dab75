import { useTranslation } from 'react-i18next';
import { Deadline } from '../parts/due.js';
import { addressOf } from '../shell/addresses.js';
import { ActionLink } from './interest-list.js';
import { nextAction, type Standing } from './next-action.js';
import classes from './today.module.css';

/** The one thing to do next. */
export function NextStep({ standing }: { standing: Standing }) {
  const { t } = useTranslation('today');
  const action = nextAction(standing);
  const count = 'count' in action ? action.count : 0;
  const to = {
    answer: action.kind === 'answer' ? addressOf.interest(action.id) : '',
    profile: addressOf.profile,
    need: addressOf.find(),
    suggestions: action.kind === 'suggestions' ? addressOf.suggestion(action.id) : '',
    wait: addressOf.find(),
  }[action.kind];
  return (
    <section className={classes.next} aria-labelledby="next">
      <h2 id="next" className={classes.label}>
        {t('next.title')}
      </h2>
      <p className={classes.what}>{t(`next.${action.kind}`, { count })}</p>
      {action.kind === 'profile' && <p>{action.text}</p>}
      {action.kind === 'answer' && <Deadline at={action.dueAt} />}
      <ActionLink to={to}>{t(`next.do.${action.kind}`)}</ActionLink>
    </section>
  );
}

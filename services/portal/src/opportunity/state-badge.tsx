import { useTranslation } from 'react-i18next';
import { LockIcon } from '../parts/icons.js';
import classes from './opportunity.module.css';
import type { Opportunity } from './opportunity.queries.js';

/** What kind of need or offer it is, and how public. */
export function StateBadge({ type, state, anonymous }: Pick<Opportunity, 'type' | 'state' | 'anonymous'>) {
  const { t } = useTranslation('opportunity');
  return (
    <p className={classes.badges}>
      <span className={classes.state} data-state={state}>
        {t(`state.${state}`)}
      </span>
      <span>{t(`type.${type}`)}</span>
      {anonymous && (
        <span className={classes.anonymous}>
          <LockIcon /> {t('anonymous')}
        </span>
      )}
    </p>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { moment } from '../i18n/format.js';
import { CheckIcon, WarningIcon } from '../parts/icons.js';
import { addressOf } from '../shell/addresses.js';
import { nextDigests } from './digest.js';
import { Part } from './part.js';
import classes from './preferences.module.css';
import type { Preferences } from './preferences.queries.js';

/** Whether mails arrive, and when the next ones come that bring several things together. */
export function MailCard({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation('preferences');
  const { mail, timeZone } = preferences;
  const { daily, weekly } = nextDigests(preferences, new Date());
  return (
    <Part id="mail" title={t('mail.title')} means={t('mail.means')}>
      {mail.refused ? (
        <div className={classes.refused} role="alert">
          <WarningIcon />
          <div>
            <p>
              <strong>{t('mail.refused')}</strong>
            </p>
            <p>{t('mail.mend')}</p>
            <Button component={Link} to={addressOf.profile} size="sm">
              {t('mail.toProfile')}
            </Button>
          </div>
        </div>
      ) : (
        <p className={classes.good}>
          <CheckIcon /> {t('mail.works')}
        </p>
      )}
      <dl className={classes.facts}>
        <div>
          <dt>{t('mail.daily')}</dt>
          <dd>{moment(daily, timeZone)}</dd>
        </div>
        <div>
          <dt>{t('mail.weekly')}</dt>
          <dd>{moment(weekly, timeZone)}</dd>
        </div>
      </dl>
    </Part>
  );
}

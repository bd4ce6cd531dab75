import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data } from '../api/client.js';
import { Shown } from '../parts/states.js';
import { addressOf } from '../shell/addresses.js';
import { AlertRow } from './alert-row.js';
import { Part } from './part.js';
import classes from './preferences.module.css';

/** One's saved searches: what they look for, how often they tell. */
export function AlertsCard() {
  const { t } = useTranslation('preferences');
  const alerts = useQuery({
    queryKey: ['alerts'],
    // Nobody has more than twenty.
    queryFn: ({ signal }) => data(api.GET('/v1/alerts', { params: { query: { limit: 100 } }, signal })),
  });
  return (
    <Part id="alerts" title={t('alerts.title')} means={t('alerts.means')}>
      <Shown query={alerts}>
        {({ items }) =>
          items.length === 0 ? (
            <>
              <p className={classes.none}>{t('alerts.none')}</p>
              <div className={classes.acts}>
                <Button component={Link} to={addressOf.find()} variant="default">
                  {t('alerts.find')}
                </Button>
              </div>
            </>
          ) : (
            <ul className={classes.rows}>
              {items.map((alert) => (
                <AlertRow key={alert.id} alert={alert} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Part>
  );
}

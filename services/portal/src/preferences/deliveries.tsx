import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { moment } from '../i18n/format.js';
import { Loading, Shown } from '../parts/states.js';
import classes from './preferences.module.css';

const SHOWN = 6;
const LOOK_AGAIN_MS = 2_000;

/** What was posted to an address of late, and what came of it. Looked at again as long as something is under way. */
export function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation('preferences');
  const deliveries = useQuery({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: { limit: SHOWN } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === 'pending' && one.attempts === 0) ? LOOK_AGAIN_MS : false,
  });
  return (
    <Shown query={deliveries} waiting={<Loading lines={2} />}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={classes.none}>{t('delivery.none')}</p>
        ) : (
          <ul className={classes.deliveries} aria-label={t('webhooks.deliveries')} aria-live="polite">
            {items.map((one) => (
              <li key={one.id}>
                <strong>{t(`delivery.${one.state}`)}</strong>
                <code>{one.type}</code>
                <span>{moment(one.sentAt ?? one.createdAt)}</span>
                {one.lastError && <span>{one.lastError}</span>}
                {one.state === 'pending' && one.attempts > 0 && one.nextAt && (
                  <span>{t('delivery.again', { when: moment(one.nextAt) })}</span>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Shown>
  );
}

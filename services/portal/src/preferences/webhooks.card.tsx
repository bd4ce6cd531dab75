import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../api/client.js';
import { Shown } from '../parts/states.js';
import { Part } from './part.js';
import classes from './preferences.module.css';
import { NewWebhookDialog, SecretDialog } from './webhook.dialogs.js';
import { WebhookRow } from './webhook-row.js';

/** Addresses that programs listen at. */
export function WebhooksCard() {
  const { t } = useTranslation('preferences');
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<Schemas['WebhookWithSecret']>();
  const webhooks = useQuery({
    queryKey: ['webhooks'],
    // Nobody has more than ten.
    queryFn: ({ signal }) => data(api.GET('/v1/webhooks', { params: { query: { limit: 100 } }, signal })),
  });
  return (
    <Part id="webhooks" title={t('webhooks.title')} means={t('webhooks.means')}>
      <Shown query={webhooks}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.none}>{t('webhooks.none')}</p>
          ) : (
            <ul className={classes.rows}>
              {items.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} onSecret={setShown} />
              ))}
            </ul>
          )
        }
      </Shown>
      <div className={classes.acts}>
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('webhooks.add')}
        </Button>
      </div>
      <NewWebhookDialog
        opened={adding}
        close={() => setAdding(false)}
        done={(made) => {
          setAdding(false);
          setShown(made);
        }}
      />
      <SecretDialog webhook={shown} close={() => setShown(undefined)} />
    </Part>
  );
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { moment } from '../i18n/format.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { CheckIcon, WarningIcon } from '../parts/icons.js';
import { ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { Deliveries } from './deliveries.js';
import classes from './preferences.module.css';

type Webhook = Schemas['Webhook'];

interface Props {
  webhook: Webhook;
  onSecret: (webhook: Schemas['WebhookWithSecret']) => void;
}

/** One address: whether it works, what was posted there, and what one can do with it. */
export function WebhookRow({ webhook, onSecret }: Props) {
  const { t } = useTranslation('preferences');
  const { id, url, description, kinds, lastSentAt, previousSecretUntil, state } = webhook;
  const [asking, setAsking] = useState<'rotate' | 'delete'>();
  const [watching, setWatching] = useState(false);
  const { test, enable, rotate, remove } = useActs(webhook, (rotated) => {
    setAsking(undefined);
    if (rotated) onSecret(rotated);
  });
  const close = () => setAsking(undefined);
  return (
    <li className={classes.entry}>
      <h3 className={classes.url}>{description ?? url}</h3>
      {description && <p className={classes.url}>{url}</p>}
      <WebhookState webhook={webhook} />
      <p className={classes.small}>
        {kinds ? kinds.map((kind) => t(`kind.${kind}`)).join(' · ') : t('webhooks.allKinds')}
        {lastSentAt && ` · ${t('webhooks.last', { when: moment(lastSentAt) })}`}
      </p>
      {previousSecretUntil && (
        <p className={classes.small}>{t('webhooks.both', { until: moment(previousSecretUntil) })}</p>
      )}
      <ProblemNote problem={test.problem ?? enable.problem} />
      <div className={classes.acts}>
        {state === 'disabled' && (
          <Button size="sm" loading={enable.sending} onClick={() => enable.send(undefined)}>
            {t('webhooks.enable')}
          </Button>
        )}
        <Button
          variant="default"
          size="sm"
          loading={test.sending}
          onClick={() => {
            setWatching(true);
            test.send(undefined);
          }}
        >
          {t('webhooks.test')}
        </Button>
        <Button variant="default" size="sm" aria-expanded={watching} onClick={() => setWatching(!watching)}>
          {t('webhooks.deliveries')}
        </Button>
        <Button variant="default" size="sm" onClick={() => setAsking('rotate')}>
          {t('webhooks.rotate')}
        </Button>
        <Button variant="default" size="sm" onClick={() => setAsking('delete')}>
          {t('webhooks.delete')}
        </Button>
      </div>
      {watching && <Deliveries id={id} />}
      <ConfirmDialog
        opened={asking === 'rotate'}
        close={close}
        title={t('webhooks.rotateTitle')}
        word={t('webhooks.rotate')}
        act={() => rotate.send(undefined)}
        acting={rotate.sending}
        problem={rotate.problem}
      >
        {t('webhooks.rotateMeans')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'delete'}
        close={close}
        title={t('webhooks.deleteTitle')}
        word={t('webhooks.delete')}
        act={() => remove.send(undefined)}
        acting={remove.sending}
        problem={remove.problem}
      >
        {t('webhooks.deleteMeans', { url })}
      </ConfirmDialog>
    </li>
  );
}

function useActs({ id }: Webhook, done: (rotated?: Schemas['WebhookWithSecret']) => void) {
  const { t } = useTranslation('preferences');
  const path = { id };
  const stale = [['webhooks']];
  const body = {};
  return {
    test: useWrite({
      write: (_: undefined, key) =>
        data(api.POST('/v1/webhooks/{id}/test', { params: { path, header: once(key) }, body })),
      stale,
    }),
    enable: useWrite({
      write: (_: undefined, key) =>
        data(api.POST('/v1/webhooks/{id}/enable', { params: { path, header: once(key) }, body })),
      stale,
      done: () => say(t('webhooks.enabled')),
    }),
    rotate: useWrite({
      write: (_: undefined, key) =>
        data(api.POST('/v1/webhooks/{id}/rotate', { params: { path, header: once(key) }, body })),
      stale,
      done: (rotated: Schemas['WebhookWithSecret']) => done(rotated),
    }),
    remove: useWrite({
      write: (_: undefined) => data(api.DELETE('/v1/webhooks/{id}', { params: { path } })),
      stale,
      done: () => {
        done();
        say(t('webhooks.deleted'));
      },
    }),
  };
}

function WebhookState({ webhook: { state, disabledBecause, failures } }: { webhook: Webhook }) {
  const { t } = useTranslation('preferences');
  if (state === 'disabled')
    return (
      <p className={classes.state} data-bad>
        <WarningIcon /> {t(`webhooks.because.${disabledBecause ?? 'failing'}`)}
      </p>
    );
  if (failures > 0)
    return (
      <p className={classes.state}>
        <WarningIcon /> {t('webhooks.failures', { count: failures })}
      </p>
    );
  return (
    <p className={classes.state} data-good>
      <CheckIcon /> {t('webhooks.works')}
    </p>
  );
}

import { Button, Checkbox, CopyButton, Group, Modal, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import classes from './preferences.module.css';
import type { NoticeKind } from './preferences.queries.js';

const KINDS: readonly NoticeKind[] = [
  'suggested',
  'suggestions-ready',
  'interest-received',
  'interest-reminder',
  'interest-answered',
  'contact-open',
  'interest-expired',
  'interest-withdrawn',
  'help-answered',
  'alert-hit',
  'opportunity-expiring',
  'address-refused',
  'webhook-disabled',
];

interface Props {
  opened: boolean;
  close: () => void;
  done: (made: Schemas['WebhookWithSecret']) => void;
}

/** Where to post to, and what. */
export function NewWebhookDialog({ opened, close, done }: Props) {
  const { t } = useTranslation(['preferences', 'parts']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('webhooks.addTitle')}
      closeButtonProps={{ 'aria-label': t('parts:close') }}
    >
      <NewWebhook close={close} done={done} />
    </Modal>
  );
}

/** Within the dialog: each time it opens the form is empty. */
function NewWebhook({ close, done }: Omit<Props, 'opened'>) {
  const { t } = useTranslation(['preferences', 'parts']);
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [some, setSome] = useState(false);
  const [kinds, setKinds] = useState<readonly NoticeKind[]>([]);
  const { send, sending, problem } = useWrite({
    write: (body: Schemas['WebhookCreate'], key) =>
      data(api.POST('/v1/webhooks', { params: { header: once(key) }, body })),
    stale: [['webhooks']],
    done,
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = KINDS.filter((kind) => kinds.includes(kind));
        send({
          url: url.trim(),
          ...(description.trim() && { description: description.trim() }),
          ...(some && { kinds: chosen }),
        });
      }}
    >
      <TextInput
        type="url"
        label={t('webhooks.url')}
        description={t('webhooks.urlMeans')}
        value={url}
        error={errorFor(problem, '/url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
        required
      />
      <TextInput
        label={t('webhooks.description')}
        value={description}
        maxLength={200}
        error={errorFor(problem, '/description')}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('webhooks.kinds')}
        value={some ? 'some' : 'all'}
        onChange={(value) => setSome(value === 'some')}
      >
        <div className={classes.checks}>
          <Radio value="all" label={t('webhooks.allKinds')} />
          <Radio value="some" label={t('webhooks.someKinds')} />
        </div>
      </Radio.Group>
      {some && (
        <Checkbox.Group
          label={t('webhooks.which')}
          value={[...kinds]}
          error={errorFor(problem, '/kinds')}
          onChange={(values) => setKinds(KINDS.filter((kind) => values.includes(kind)))}
        >
          <div className={classes.checks}>
            {KINDS.map((kind) => (
              <Checkbox key={kind} size="sm" value={kind} label={t(`kind.${kind}`)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {problem && problem.errors.length === 0 && <ProblemNote problem={problem} />}
      <Group>
        <Button type="submit" loading={sending}>
          {t('webhooks.create')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('parts:cancel')}
        </Button>
      </Group>
    </form>
  );
}

/** Shows a secret the one time that it can be shown: a click beside the dialog does not close it. */
export function SecretDialog({
  webhook,
  close,
}: {
  webhook: Schemas['WebhookWithSecret'] | undefined;
  close: () => void;
}) {
  const { t } = useTranslation(['preferences', 'parts']);
  return (
    <Modal
      opened={webhook !== undefined}
      onClose={close}
      title={t('secret.title')}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {webhook && (
        <div className={classes.form}>
          <p>{t('secret.once')}</p>
          <code className={classes.secret}>{webhook.secret}</code>
          {webhook.previousSecretUntil && <p>{t('secret.before')}</p>}
          <Group>
            <CopyButton value={webhook.secret}>
              {({ copied, copy }) => (
                <Button onClick={copy} data-autofocus>
                  <span role="status">{copied ? t('secret.copied') : t('secret.copy')}</span>
                </Button>
              )}
            </CopyButton>
            <Button variant="default" onClick={close}>
              {t('secret.kept')}
            </Button>
          </Group>
        </div>
      )}
    </Modal>
  );
}

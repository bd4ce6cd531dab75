import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { date } from '../i18n/format.js';
import { errorFor, ProblemNote, Shown } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { AskFirst } from './ask-first.js';
import classes from './profile.module.css';
import { SecretOnce } from './secret-once.js';

type Key = Schemas['ApiKey'];
type Scope = Key['scopes'][number];

const SCOPES: readonly Scope[] = ['read', 'match', 'write'];

/** Keys by which programs of the company act for it. */
export function Keys({ firmId }: { firmId: string }) {
  const { t } = useTranslation('profile');
  const [label, setLabel] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['read']);
  const [secret, setSecret] = useState<string>();
  const query = useQuery({
    queryKey: ['keys', firmId],
    queryFn: ({ signal }) => data(api.GET('/v1/keys', { signal })),
    select: ({ items }) => items.filter(({ revokedAt }) => !revokedAt),
  });
  const shown = (made: Schemas['ApiKeyWithSecret']) => setSecret(made.key);
  const make = useWrite<void, Schemas['ApiKeyWithSecret']>({
    write: (_, key) =>
      data(api.POST('/v1/keys', { params: { header: once(key) }, body: { label: label.trim(), scopes, firmId } })),
    stale: [['keys', firmId]],
    done: (made) => {
      setLabel('');
      shown(made);
    },
  });
  const rotate = useWrite<string, Schemas['ApiKeyWithSecret']>({
    write: (id) => data(api.POST('/v1/keys/{id}/rotate', { params: { path: { id } }, body: {} })),
    stale: [['keys', firmId]],
    done: shown,
  });
  const end = useWrite<string, unknown>({
    write: (id) => data(api.DELETE('/v1/keys/{id}', { params: { path: { id } } })),
    stale: [['keys', firmId]],
    done: () => say(t('keys.ended')),
  });
  return (
    <>
      <Shown query={query}>
        {(keys) =>
          keys.length === 0 ? null : (
            <ul className={classes.rows} aria-label={t('keys.title')}>
              {keys.map((key) => (
                <li key={key.id} className={classes.row}>
                  <span className={classes.grow}>
                    {key.label}{' '}
                    <span className={classes.dim}>
                      {[
                        `${key.hint}…`,
                        key.scopes.map((scope) => t(`keys.scope.${scope}`)).join(', '),
                        key.lastUsedOn && t('keys.used', { date: date(key.lastUsedOn) }),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </span>
                  <Button size="sm" variant="default" disabled={rotate.sending} onClick={() => rotate.send(key.id)}>
                    {t('keys.rotate')}
                  </Button>
                  <AskFirst
                    act={t('keys.end')}
                    title={t('keys.endTitle', { label: key.label })}
                    text={t('keys.endText')}
                    sending={end.sending}
                    onYes={() => end.send(key.id)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {secret && <SecretOnce title={t('keys.secret')} text={t('keys.once')} secret={secret} />}
      <form
        className={classes.field}
        onSubmit={(event) => {
          event.preventDefault();
          if (label.trim() && scopes.length > 0) make.send();
        }}
      >
        <TextInput
          label={t('keys.label')}
          description={t('keys.labelHow')}
          value={label}
          maxLength={100}
          autoComplete="off"
          error={errorFor(make.problem, '/label')}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Checkbox.Group
          size="md"
          label={t('keys.scopes')}
          value={scopes}
          onChange={(chosen) => setScopes(chosen as Scope[])}
        >
          <Group mt="xs" gap="lg">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`keys.scope.${scope}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Button
          type="submit"
          variant="default"
          className={classes.begin}
          loading={make.sending}
          disabled={!label.trim() || scopes.length === 0}
        >
          {t('keys.make')}
        </Button>
      </form>
      <ProblemNote problem={make.problem ?? rotate.problem ?? end.problem} />
    </>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, data, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { ProblemNote } from '../parts/states.js';
import { tokenOf } from './invitation-link.js';
import { isLocalAccess } from './local-access.js';
import { useNewRole } from './new-role.js';
import classes from './welcome.module.css';

/** Takes an invitation up. Who followed the link finds it filled in, and still says yes: opening a page is no answer. */
export function Accept() {
  const { t } = useTranslation('welcome');
  const [search] = useSearchParams();
  const [link, setLink] = useState(search.get('invitation') ?? '');
  const takeUp = useNewRole();
  const { send, sending, problem, reset } = useWrite<void, Schemas['Membership']>({
    write: () => data(api.POST('/v1/invitations/accept', { body: { token: tokenOf(link) } })),
    done: ({ role }) => takeUp(role.kind === 'firm' ? role.id : undefined),
  });
  const local = problem && isLocalAccess(problem);
  const wrong = problem && !problem.passing && !local;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (link.trim()) send();
      }}
    >
      <TextInput
        label={t('accept.label')}
        value={link}
        autoComplete="off"
        spellCheck={false}
        error={wrong ? t('accept.wrong') : undefined}
        onChange={(event) => {
          setLink(event.currentTarget.value);
          reset();
        }}
      />
      {local && <p role="alert">{t('accept.local')}</p>}
      {!wrong && !local && <ProblemNote problem={problem} />}
      <Button type="submit" className={classes.begin} loading={sending} disabled={!link.trim()}>
        {t('accept.send')}
      </Button>
    </form>
  );
}

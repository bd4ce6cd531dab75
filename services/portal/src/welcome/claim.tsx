import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { type Identifier, whole } from '../profile/identifier.js';
import { IdentifierInput } from '../profile/identifiers-field.js';
import { isLocalAccess } from './local-access.js';
import classes from './welcome.module.css';

/** «This company is mine», by a number that the register has of it. */
export function Claim() {
  const { t } = useTranslation('welcome');
  const [identifier, setIdentifier] = useState<Identifier>({ scheme: 'vat-it', value: '' });
  const [mail, setMail] = useState(true);
  const { send, sending, problem, reset } = useWrite<void, Schemas['Claim']>({
    write: (_, key) =>
      data(
        api.POST('/v1/claims', {
          params: { header: once(key) },
          body: { identifier: whole(identifier), ...(mail && { mail }) },
        }),
      ),
    stale: [['claims']],
    done: () => {
      setIdentifier({ ...identifier, value: '' });
      say(t('claim.sent'));
    },
  });
  const unknown = problem?.code === 'not-found';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (identifier.value.trim()) send();
      }}
    >
      <div className={classes.row}>
        <IdentifierInput
          value={identifier}
          onChange={(next) => {
            setIdentifier(next);
            reset();
          }}
          error={unknown ? t('claim.unknown') : errorFor(problem, '/identifier')}
        />
      </div>
      <Checkbox
        label={t('claim.mail')}
        description={t('claim.mailHow')}
        checked={mail}
        onChange={(event) => setMail(event.currentTarget.checked)}
      />
      {problem && isLocalAccess(problem) ? (
        <p role="alert">{t('accept.local')}</p>
      ) : (
        problem && !unknown && problem.errors.length === 0 && <ProblemNote problem={problem} />
      )}
      <Button type="submit" className={classes.begin} loading={sending} disabled={!identifier.value.trim()}>
        {t('claim.send')}
      </Button>
    </form>
  );
}

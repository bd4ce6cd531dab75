import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { date, moment } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { ProblemNote } from '../parts/states.js';
import { useNewRole } from './new-role.js';
import classes from './welcome.module.css';

type ClaimOf = Schemas['Claim'];

/** What became of one's claims; where a code was mailed, it is entered here. */
export function Claims() {
  const { t } = useTranslation('welcome');
  const { data: page } = useQuery({
    queryKey: ['claims', 'own'],
    queryFn: ({ signal }) => data(api.GET('/v1/claims', { params: { query: { limit: 20 } }, signal })),
  });
  if (!page?.items.length) return null;
  return (
    <Card>
      <h2>{t('claims.title')}</h2>
      <ul className={classes.list}>
        {page.items.map((claim) => (
          <li key={claim.id}>
            <strong>
              <Company id={claim.companyId} />
            </strong>
            <span>{t(`claims.${claim.state}`, { date: date(claim.decidedAt ?? claim.createdAt) })}</span>
            {claim.state === 'pending' && claim.codeUntil && new Date(claim.codeUntil) > new Date() && (
              <Code claim={claim} until={claim.codeUntil} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Its name, where the reader may read it already: who has no role yet may not. */
function Company({ id }: { id: string }) {
  const { t } = useTranslation('welcome');
  const { data: company } = useQuery({
    queryKey: ['company', id],
    queryFn: ({ signal }) => data(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal })),
    retry: false,
  });
  return company?.name ?? t('claims.of');
}

function Code({ claim, until }: { claim: ClaimOf; until: string }) {
  const { t } = useTranslation('welcome');
  const [code, setCode] = useState('');
  const takeUp = useNewRole();
  const { send, sending, problem } = useWrite<void, ClaimOf>({
    write: () => data(api.POST('/v1/claims/{id}/code', { params: { path: { id: claim.id } }, body: { code } })),
    stale: [['claims']],
    done: ({ companyId }) => takeUp(companyId),
  });
  const wrong = problem && !problem.passing;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) send();
      }}
    >
      <TextInput
        label={t('code.label')}
        description={t('code.how', { date: moment(until) })}
        value={code}
        maxLength={40}
        autoComplete="one-time-code"
        error={wrong ? t('code.wrong') : undefined}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {!wrong && <ProblemNote problem={problem} />}
      <Button type="submit" className={classes.begin} loading={sending} disabled={!code.trim()}>
        {t('code.send')}
      </Button>
    </form>
  );
}

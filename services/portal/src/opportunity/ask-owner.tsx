import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, data, once } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { addressOf } from '../shared/addresses.js';
import { Card } from '../shared/card.js';
import { errorFor, ProblemNote } from '../shared/states.js';
import classes from './opportunity.module.css';
import type { Opportunity } from './opportunity.queries.js';

/** Asks the owner of a need or an offer: one has something for it. */
export function AskOwner({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation('opportunity');
  const navigate = useNavigate();
  const [note, setNote] = useState('');
  const ask = useWrite({
    write: (_: undefined, key) =>
      data(
        api.POST('/v1/opportunities/{id}/interest', {
          params: { path: { id: opportunity.id }, header: once(key) },
          body: note.trim() ? { note: note.trim() } : {},
        }),
      ),
    stale: [['interests']],
    done: ({ id }) => void navigate(addressOf.interest(id)),
  });
  if (opportunity.state !== 'published' || !opportunity.openForInterest)
    return <p className={classes.quiet}>{t('ask.closed')}</p>;
  return (
    <Card>
      <h2>{t('ask.title')}</h2>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault();
          ask.send(undefined);
        }}
      >
        <Textarea
          label={t('ask.note')}
          description={t('ask.noteMeans')}
          autosize
          minRows={3}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={errorFor(ask.problem, '/note')}
        />
        <ProblemNote problem={ask.problem} />
        <div>
          <Button type="submit" loading={ask.sending}>
            {t('ask.do')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

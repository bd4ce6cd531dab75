import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, data, once } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { Card } from '../parts/card.js';
import { NoteForm } from '../parts/note-form.js';
import { addressOf } from '../shell/addresses.js';
import classes from './opportunity.module.css';
import type { Opportunity } from './opportunity.queries.js';

/** Asks the owner of a need or an offer: one has something for it. */
export function AskOwner({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation('opportunity');
  const navigate = useNavigate();
  const ask = useWrite({
    write: (body: { note?: string }, key) =>
      data(
        api.POST('/v1/opportunities/{id}/interest', {
          params: { path: { id: opportunity.id }, header: once(key) },
          body,
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
      <NoteForm
        words={{ note: t('ask.note'), means: t('ask.noteMeans'), do: t('ask.do') }}
        send={ask.send}
        sending={ask.sending}
        problem={ask.problem}
      />
    </Card>
  );
}

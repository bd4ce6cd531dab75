import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data, type Schemas } from '../api/client.js';
import { Card } from '../parts/card.js';
import { Identity } from '../parts/identity.js';
import { Reasons } from '../parts/reasons.js';
import { Score } from '../parts/score-bar.js';
import { addressOf } from '../shell/addresses.js';

type Suggestion = Schemas['SuggestionPage']['items'][number];

/** One suggestion in short: who or what, where, how well it fits, and why. */
export function SuggestionCard({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('today');
  const { subject, id } = suggestion;
  const forOurs = subject.type !== 'opportunity';
  return (
    <Card as="li">
      <Identity
        {...subject}
        affiliation={forOurs ? subject.affiliation : (subject.company?.name ?? t('suggestions.unnamed'))}
        as={(name) => (
          <h3>
            <Link to={addressOf.suggestion(id)}>{name}</Link>
          </h3>
        )}
      />
      {forOurs ? <ForNeed id={suggestion.opportunityId} /> : <p>{t('suggestions.theirs')}</p>}
      <Score score={suggestion.score} parts={suggestion.parts} />
      <Reasons reasons={suggestion.reasons} most={3} />
    </Card>
  );
}

function ForNeed({ id }: { id: string }) {
  const { t } = useTranslation('today');
  const { data: need } = useQuery({
    queryKey: ['opportunity', id],
    queryFn: ({ signal }) => data(api.GET('/v1/opportunities/{id}', { params: { path: { id } }, signal })),
  });
  return need ? <p>{t('suggestions.ours', { title: need.title })}</p> : null;
}

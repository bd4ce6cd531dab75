import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data } from '../api/client.js';
import { addressOf } from '../shell/addresses.js';

/** What is asked about, as far as the reader may know it. */
export function About({ id }: { id: string }) {
  const { t } = useTranslation('queue');
  const { data: opportunity } = useQuery({
    queryKey: ['opportunity', id],
    queryFn: ({ signal }) => data(api.GET('/v1/opportunities/{id}', { params: { path: { id } }, signal })),
  });
  if (!opportunity) return null;
  return (
    <p>
      {t('interests.about')} <Link to={addressOf.opportunity(id)}>{opportunity.title}</Link>
    </p>
  );
}

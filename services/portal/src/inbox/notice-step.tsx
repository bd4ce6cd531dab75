import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data } from '../api/client.js';
import { addressOf } from '../shell/addresses.js';
import { searchAddress } from '../shell/search-address.js';
import type { Step } from './main-action.js';

interface Props {
  step: Step;
  /** The thing to do; else one of the things that one may do. */
  main: boolean;
  onFollow: () => void;
}

/** Leads to what a notice is about. */
export function StepLink({ step, main, onFollow }: Props) {
  const { t } = useTranslation('inbox');
  const alert = useAlertAddress(step.to === 'alert' ? step.id : undefined);
  const id = step.id ?? '';
  const to = {
    interest: addressOf.interest(id),
    suggestion: addressOf.suggestion(id),
    opportunity: addressOf.opportunity(id),
    alert,
    profile: addressOf.profile,
    webhooks: `${addressOf.preferences}#webhooks`,
  }[step.to];
  return (
    <Button component={Link} to={to} size="sm" variant={main ? 'filled' : 'outline'} onClick={onFollow}>
      {t(`do.${step.word}`)}
    </Button>
  );
}

/** Where a saved search is to be seen: its search, asked anew. Until it is known, and when it is gone, the list of saved searches. */
function useAlertAddress(id: string | undefined): string {
  const { data: alert } = useQuery({
    queryKey: ['alerts', id],
    queryFn: ({ signal }) => data(api.GET('/v1/alerts/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    retry: false,
  });
  return alert ? searchAddress(alert) : `${addressOf.preferences}#alerts`;
}

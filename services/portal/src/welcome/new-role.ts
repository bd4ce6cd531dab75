import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { say } from '../parts/toasts.store.js';
import { takeRole } from '../session/session.store.js';

/** Begins to act for a company: in the role that was just given, with everything read anew. */
export function useNewRole(): (companyId: string | undefined) => void {
  const { t } = useTranslation('welcome');
  const client = useQueryClient();
  const navigate = useNavigate();
  return (companyId) => {
    takeRole(companyId && `firm:${companyId}`);
    say(t('done'));
    void client.resetQueries();
    void navigate('/profile');
  };
}

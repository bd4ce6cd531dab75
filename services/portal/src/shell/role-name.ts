import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { useSession } from '../session/session.js';

/** Turns the name of a role into words: the firm or expert by name, the others by what they do and where. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation('shell');
  const { roles } = useSession();
  const named = roles.filter((role) => /^(?:firm|expert):/.test(role));
  const names = useQueries({
    queries: named.map((role) => ({
      queryKey: ['role-name', role],
      queryFn: () => nameOf(role),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  return (role) => {
    const [kind = '', rest = ''] = role.split(':', 2);
    const name = names[named.indexOf(role)]?.data;
    if (name) return name;
    const known = ['firm', 'expert', 'coordinator', 'facilitator', 'admin', 'account'] as const;
    const word = t(`role.${known.find((one) => one === kind) ?? 'account'}`);
    return rest && (kind === 'coordinator' || kind === 'facilitator')
      ? `${word} · ${rest.replaceAll(',', ', ')}`
      : word;
  };
}

async function nameOf(role: string): Promise<string> {
  const [kind, id = ''] = role.split(':', 2);
  const params = { path: { id } };
  const { name } =
    kind === 'firm'
      ? await data(api.GET('/v1/companies/{id}', { params }))
      : await data(api.GET('/v1/experts/{id}', { params }));
  return name;
}

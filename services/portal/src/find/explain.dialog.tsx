import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../api/client.js';
import { language } from '../i18n/language.js';
import { Dialog } from '../parts/dialog.js';
import { Reasons } from '../parts/reasons.js';
import { Score } from '../parts/score-bar.js';
import { SearchBox } from '../parts/search-box.js';
import { Loading, Shown } from '../parts/states.js';
import classes from './find.module.css';
import type { MatchRequest } from './search.js';

interface Props {
  opened: boolean;
  close: () => void;
  request: MatchRequest;
}

/** Why somebody whom one expected is not among those found, or stands so far down. */
export function ExplainDialog({ opened, close, request }: Props) {
  const { t } = useTranslation('find');
  return (
    <Dialog opened={opened} close={close} title={t('explain.title')} size="lg">
      <Explained request={request} />
    </Dialog>
  );
}

function Explained({ request }: Pick<Props, 'request'>) {
  const { t } = useTranslation('find');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Named>();
  const found = useNamed(typed, request.seek);
  const type = request.seek === 'partners' ? 'company' : 'expert';
  const answer = useQuery({
    queryKey: ['explained', language(), request, chosen?.id],
    queryFn: ({ signal }) =>
      data(api.POST('/v1/matches/explain', { body: { ...request, subject: { type, id: chosen?.id ?? '' } }, signal })),
    enabled: chosen !== undefined,
  });
  return (
    <div className={classes.form}>
      <SearchBox
        label={t('explain.who')}
        description={t('explain.whoMeans')}
        typed={typed}
        onType={setTyped}
        choices={found.map(({ id, name, hint }) => ({ value: id, label: name, hint: hint ?? undefined }))}
        onPick={(id) => setChosen(found.find((one) => one.id === id))}
      />
      <div aria-live="polite" className={classes.form}>
        {chosen && (
          <Shown query={answer} waiting={<Loading lines={4} />}>
            {(explained) => <Explanation explained={explained} name={chosen.name} />}
          </Shown>
        )}
      </div>
    </div>
  );
}

function Explanation({ explained, name }: { explained: Schemas['ExplainAnswer']; name: string }) {
  const { t } = useTranslation('find');
  const { rank, of, obstacles, score, parts, reasons, missing } = explained;
  return (
    <>
      <p>
        <strong>{rank === null ? t('explain.out', { name }) : t('explain.rank', { name, rank, of })}</strong>
      </p>
      {obstacles.length > 0 && (
        <ul className={classes.obstacles}>
          {obstacles.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
      )}
      <Score score={score} parts={parts} explained />
      {reasons.length > 0 && <Reasons reasons={reasons} />}
      {missing.length > 0 && (
        <p className={classes.aside}>{t('card.missing', { list: missing.map(({ label }) => label).join(', ') })}</p>
      )}
    </>
  );
}

interface Named {
  id: string;
  name: string;
  /** Two of the same name are told apart by where they work. */
  hint: string | null;
}

/** Experts or firms whose name has what was typed. */
function useNamed(typed: string, seek: MatchRequest['seek']): readonly Named[] {
  const [q] = useDebouncedValue(typed.trim(), 250);
  const { data: found = [] } = useQuery({
    queryKey: ['named', seek, q],
    queryFn: async ({ signal }): Promise<Named[]> => {
      const params = { query: { q, limit: 8 } };
      if (seek === 'partners') {
        const { items } = await data(api.GET('/v1/companies', { params, signal }));
        return items.map(({ id, name, town: hint }) => ({ id, name, hint }));
      }
      const { items } = await data(api.GET('/v1/experts', { params, signal }));
      return items.map(({ id, name, affiliation: hint }) => ({ id, name, hint }));
    },
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  });
  return found;
}

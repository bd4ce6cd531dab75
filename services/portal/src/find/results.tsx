import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WarningIcon } from '../parts/icons.js';
import { Empty, Loading, Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import classes from './find.module.css';
import { type Finding, useSuggestedFor } from './find.queries.js';
import type { ChangeSearch } from './find.screen.js';
import { ResultCard } from './result-card.js';
import { filterCount, NO_FILTERS, type Search } from './search.js';

const SHOWN_FIRST = 10;

interface Props {
  search: Search;
  change: ChangeSearch;
  finding: Finding;
  explain: () => void;
}

/** Who fits, best first. The answer before stays, paler, until the next one is there. */
export function Results({ search, change, finding, explain }: Props) {
  const { t } = useTranslation('find');
  const { actor } = useSession();
  const { answer, request, former, emptied } = finding;
  const { data: suggested } = useSuggestedFor(actor.kind === 'firm' ? search.need : undefined, search.seek);
  const [all, setAll] = useState<typeof request>();
  if (emptied)
    return (
      <section className={classes.results} id="found" aria-labelledby="found-title">
        <h2 id="found-title" className="heard">
          {t('found.title')}
        </h2>
        <Empty
          title={t('emptied.title')}
          action={
            <Button variant="default" onClick={() => change({ add: [], not: [] })}>
              {t('understood.reset')}
            </Button>
          }
        >
          {t('emptied.text')}
        </Empty>
      </section>
    );
  const nothingAsked = !request && !answer.isPending;
  if ((!request && !answer.data && !search.text && search.add.length === 0) || nothingAsked)
    return (
      <section className={classes.results} id="found" aria-labelledby="found-title">
        <h2 id="found-title" className="heard">
          {t('found.title')}
        </h2>
        <Empty title={t('start.title')}>{t('start.text')}</Empty>
      </section>
    );
  const count = answer.data?.items.length ?? 0;
  return (
    <section className={classes.results} id="found" aria-labelledby="found-title" aria-busy={answer.isFetching}>
      <div className={classes.resultsHead}>
        <h2 id="found-title">{titleOf(search) === 'profile' ? t('found.profile') : t(`found.${search.seek}`)}</h2>
        <p role="status" className={classes.aside}>
          {former || answer.isPending ? t('found.looking') : t('found.count', { count })}
        </p>
      </div>
      <Shown query={answer} waiting={<Loading lines={8} />}>
        {({ items, degraded }) => (
          <div className={classes.found} data-former={former || undefined}>
            {degraded && (
              <p className={classes.degraded}>
                <WarningIcon /> {t('found.degraded')}
              </p>
            )}
            {items.length === 0 ? (
              <NothingFound search={search} change={change} />
            ) : (
              <ol className={classes.cards}>
                {items.slice(0, all === request ? items.length : SHOWN_FIRST).map((found) => (
                  <ResultCard key={found.subject.id} found={found} suggestion={suggested?.get(found.subject.id)} />
                ))}
              </ol>
            )}
            {items.length > SHOWN_FIRST && all !== request && (
              <Button variant="default" onClick={() => setAll(request)}>
                {t('found.all', { count: items.length })}
              </Button>
            )}
            {search.seek !== 'opportunities' && (
              <p>
                <button type="button" className={classes.link} onClick={explain}>
                  {t('explain.open')}
                </button>
              </p>
            )}
          </div>
        )}
      </Shown>
    </section>
  );
}

/** Without words and without a stored need the answer is what suits the own profile. */
function titleOf({ text, need, add, seek }: Search): 'profile' | Search['seek'] {
  return text || need || add.length > 0 ? seek : 'profile';
}

function NothingFound({ search, change }: Pick<Props, 'search' | 'change'>) {
  const { t } = useTranslation('find');
  const filtered = filterCount(search) > 0;
  return (
    <Empty
      title={t('nothing.title')}
      action={
        filtered && (
          <Button variant="default" onClick={() => change(NO_FILTERS)}>
            {t('filters.clear')}
          </Button>
        )
      }
    >
      {filtered ? t('nothing.filtered') : t('nothing.text')} {t('nothing.coordinator')}
    </Empty>
  );
}

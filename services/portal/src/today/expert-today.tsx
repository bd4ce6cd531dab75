import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { date, number, percent } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { Empty, Shown } from '../parts/states.js';
import { addressOf } from '../shell/addresses.js';
import { capacity } from './capacity.js';
import { ActionLink, InterestList } from './interest-list.js';
import { SuggestionCard } from './suggestion-card.js';
import classes from './today.module.css';
import { best, useOpenInterests, useSuggestions } from './today.queries.js';

/** An expert's day: who waits for an answer and until when, how much room is left, which needs fit. */
export function ExpertToday({ id }: { id: string }) {
  const { t } = useTranslation('today');
  const asked = useOpenInterests('asked');
  const suggestions = useSuggestions('expert', id);
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <Card>
          <h2>{t('requests.title')}</h2>
          <Shown query={asked}>{(found) => <InterestList interests={found} none={t('requests.none')} />}</Shown>
        </Card>
        <section className={classes.group} aria-labelledby="needs">
          <h2 id="needs">{t('needs.title')}</h2>
          <Shown query={suggestions}>
            {(found) =>
              found.length === 0 ? (
                <Empty
                  title={t('needs.none')}
                  action={<ActionLink to={addressOf.profile}>{t('needs.profile')}</ActionLink>}
                >
                  {t('needs.why')}
                </Empty>
              ) : (
                <ul className={classes.cards}>
                  {best(found, asked.data).map((one) => (
                    <SuggestionCard key={one.id} suggestion={one} />
                  ))}
                </ul>
              )
            }
          </Shown>
        </section>
      </div>
      <div className={classes.side}>
        <Capacity id={id} />
      </div>
    </div>
  );
}

function Capacity({ id }: { id: string }) {
  const { t } = useTranslation('today');
  const params = { path: { id } };
  const room = useQuery({
    queryKey: ['expert', id, 'room'],
    queryFn: async ({ signal }) => {
      const [expert, load] = await Promise.all([
        data(api.GET('/v1/experts/{id}', { params, signal })),
        data(api.GET('/v1/experts/{id}/load', { params, signal })),
      ]);
      return { expert, load };
    },
  });
  return (
    <Card>
      <h2>{t('capacity.title')}</h2>
      <Shown query={room}>
        {({ expert, load }) => {
          const { taken, whole, away } = capacity(expert, load, new Date());
          return (
            <>
              <p className={classes.what}>{t('capacity.open', { taken: number(taken), whole: number(whole) })}</p>
              <meter
                className={classes.meter}
                min={0}
                max={Math.max(whole, 1)}
                value={taken}
                aria-label={t('capacity.title')}
              />
              {taken >= whole && <p>{t('capacity.full')}</p>}
              {away && <p>{t('capacity.away', { until: date(away) })}</p>}
              {load.responseRate !== null && load.responseRate !== undefined && (
                <p>{t('capacity.answered', { share: percent(load.responseRate) })}</p>
              )}
              <ActionLink to={addressOf.profile} aside>
                {t('capacity.change')}
              </ActionLink>
            </>
          );
        }}
      </Shown>
    </Card>
  );
}

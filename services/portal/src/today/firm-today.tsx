import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { Card } from '../parts/card.js';
import { Empty, Loading, Shown } from '../parts/states.js';
import { addressOf } from '../shell/addresses.js';
import { ActionLink, InterestList } from './interest-list.js';
import { NextStep } from './next-step.js';
import { SuggestionCard } from './suggestion-card.js';
import classes from './today.module.css';
import { best, useOpenInterests, useSuggestions } from './today.queries.js';

/** A firm's day: one next thing to do, its best suggestions, who is to answer. */
export function FirmToday({ id }: { id: string }) {
  const { t } = useTranslation('today');
  const suggestions = useSuggestions('firm', id);
  const asked = useOpenInterests('asked');
  const asking = useOpenInterests('asker');
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <FirmNextStep id={id} />
        <section className={classes.group} aria-labelledby="suggestions">
          <h2 id="suggestions">{t('suggestions.title')}</h2>
          <Shown query={suggestions}>
            {(found) =>
              found.length === 0 ? (
                <Empty
                  title={t('suggestions.none')}
                  action={<ActionLink to={addressOf.find()}>{t('suggestions.look')}</ActionLink>}
                >
                  {t('suggestions.why')}
                </Empty>
              ) : (
                <ul className={classes.cards}>
                  {best(found, asking.data).map((one) => (
                    <SuggestionCard key={one.id} suggestion={one} />
                  ))}
                </ul>
              )
            }
          </Shown>
        </section>
      </div>
      <div className={classes.side}>
        <Card>
          <h2>{t('toAnswer.title')}</h2>
          <Shown query={asked}>{(found) => <InterestList interests={found} none={t('toAnswer.none')} />}</Shown>
        </Card>
        <Card>
          <h2>{t('waiting.title')}</h2>
          <Shown query={asking}>{(found) => <InterestList interests={found} none={t('waiting.none')} />}</Shown>
        </Card>
      </div>
    </div>
  );
}

function FirmNextStep({ id }: { id: string }) {
  const params = { path: { id } };
  const company = useQuery({
    queryKey: ['company', id],
    queryFn: ({ signal }) => data(api.GET('/v1/companies/{id}', { params, signal })),
  });
  const published = useQuery({
    queryKey: ['opportunities', id, 'published'],
    queryFn: ({ signal }) =>
      data(
        api.GET('/v1/companies/{id}/opportunities', {
          params: { ...params, query: { state: 'published', limit: 1 } },
          signal,
        }),
      ),
  });
  const suggestions = useSuggestions('firm', id);
  const asked = useOpenInterests('asked');
  const asking = useOpenInterests('asker');
  const all = [company, published, suggestions, asked, asking];
  if (all.some(({ isPending }) => isPending)) return <Loading lines={3} />;
  // What fails is told where its list stands; advice from half of the truth would be worse than none.
  if (!company.data || !published.data || !suggestions.data || !asked.data || !asking.data) return null;
  const { percent, nextStep = null } = company.data.completeness;
  return (
    <NextStep
      standing={{
        toAnswer: asked.data,
        completeness: { percent, nextStep },
        published: published.data.items.length,
        suggestions: { count: suggestions.data.length, best: suggestions.data[0]?.id },
        waiting: asking.data.length,
      }}
    />
  );
}

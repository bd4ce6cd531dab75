import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dateValue } from '../i18n/day.js';
import { date, number, percent } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { Shown } from '../parts/states.js';
import { TerritoryName } from '../parts/territory-name.js';
import { addressOf } from '../shell/addresses.js';
import { byPressure } from './load-order.js';
import { liesIn } from './places.js';
import classes from './queue.module.css';
import { type Loaded, useLoads } from './queue.queries.js';

const FIRST = 12;

/** What each expert has in hand, and how they answer. */
export function LoadCard({ place }: { place: string | undefined }) {
  const { t } = useTranslation('queue');
  const query = useLoads(true);
  const [all, setAll] = useState(false);
  return (
    <Card>
      <h2>{t('load.title')}</h2>
      <p className={classes.means}>{t('load.means')}</p>
      <Shown query={query}>
        {({ items }) => {
          const here = byPressure(items.filter((one) => liesIn(place, one)));
          if (here.length === 0) return <p className={classes.none}>{t('load.none')}</p>;
          return (
            <>
              <LoadTable experts={all ? here : here.slice(0, FIRST)} />
              {!all && here.length > FIRST && (
                <Button className={classes.all} variant="default" onClick={() => setAll(true)}>
                  {t('load.all', { count: here.length })}
                </Button>
              )}
            </>
          );
        }}
      </Shown>
    </Card>
  );
}

function LoadTable({ experts }: { experts: readonly Loaded[] }) {
  const { t } = useTranslation('queue');
  const today = dateValue(new Date());
  const awayUntil = ({ away }: Loaded) => away.find(({ from, to }) => from <= today && today <= to)?.to;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {(['expert', 'open', 'rate', 'median'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`load.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {experts.map((expert) => {
          const { id, name, country, territory, capacity, load } = expert;
          const until = awayUntil(expert);
          return (
            <tr key={id} data-full={load.open >= capacity || undefined}>
              <th scope="row">
                <Link to={addressOf.profileOf('expert', id)}>{name}</Link>
                <span className={classes.place}>
                  <TerritoryName code={territory} country={country} />
                  {until && ` · ${t('load.away', { until: date(until) })}`}
                </span>
              </th>
              <td>
                <span className={classes.column}>{t('load.open')}</span>
                <span className={classes.meter}>
                  <meter
                    min={0}
                    max={Math.max(1, capacity)}
                    value={load.open}
                    aria-label={`${t('load.open')}: ${name}`}
                  />
                  {t('load.of', { open: number(load.open), capacity: number(capacity) })}
                </span>
              </td>
              <td>
                <span className={classes.column}>{t('load.rate')}</span>
                {load.responseRate === null ? '–' : percent(load.responseRate)}
              </td>
              <td>
                <span className={classes.column}>{t('load.median')}</span>
                {load.medianHours === null ? '–' : t('load.hours', { hours: number(load.medianHours) })}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

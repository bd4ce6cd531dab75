import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../api/client.js';
import { date, moment } from '../i18n/format.js';
import { Card } from '../parts/card.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { Loading, Shown } from '../parts/states.js';
import { TerritoryName } from '../parts/territory-name.js';
import { say } from '../parts/toasts.store.js';
import { addressOf } from '../shell/addresses.js';
import { liesIn } from './places.js';
import classes from './queue.module.css';
import { useClaims, useCompany, useDecision } from './queue.queries.js';

/** Who says that a firm is theirs, to be confirmed or refused. */
export function ClaimsCard({ place }: { place: string | undefined }) {
  const { t } = useTranslation('queue');
  const claims = useClaims(true);
  return (
    <Card>
      <h2>{t('claims.title')}</h2>
      <p className={classes.means}>{t('claims.means')}</p>
      <Shown query={claims}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.none}>{t('claims.none')}</p>
          ) : (
            <ul className={classes.rows}>
              {items.map((claim) => (
                <ClaimRow key={claim.id} claim={claim} place={place} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}

function ClaimRow({ claim, place }: { claim: Schemas['Claim']; place: string | undefined }) {
  const { t } = useTranslation('queue');
  const company = useCompany(claim.companyId);
  const [asking, setAsking] = useState<'confirm' | 'refuse'>();
  const name = company.data?.name ?? '';
  const { send, sending, problem } = useDecision((confirmed) => {
    setAsking(undefined);
    say(confirmed ? t('claims.confirmed', { name }) : t('claims.refused', { name }));
  });
  if (company.data && !liesIn(place, company.data)) return null;
  return (
    <li className={classes.entry}>
      <Shown query={company} waiting={<Loading lines={1} />}>
        {({ id, name, territory, country, identifiers }) => (
          <>
            <h3>
              <Link to={addressOf.profileOf('firm', id)}>{name}</Link>
            </h3>
            <p className={classes.facts}>
              <span>
                <TerritoryName code={territory} country={country} />
              </span>
              {identifiers.map(({ scheme, value }) => (
                <span key={scheme + value}>{value}</span>
              ))}
              <span>{t('claims.since', { date: date(claim.createdAt) })}</span>
              {claim.codeUntil && <span>{t('claims.code', { until: moment(claim.codeUntil) })}</span>}
            </p>
          </>
        )}
      </Shown>
      <div className={classes.acts}>
        <Button size="sm" aria-label={`${t('claims.confirm')}: ${name}`} onClick={() => setAsking('confirm')}>
          {t('claims.confirm')}
        </Button>
        <Button
          size="sm"
          variant="default"
          aria-label={`${t('claims.refuse')}: ${name}`}
          onClick={() => setAsking('refuse')}
        >
          {t('claims.refuse')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking !== undefined}
        close={() => setAsking(undefined)}
        title={asking === 'refuse' ? t('claims.refuseTitle') : t('claims.confirmTitle')}
        word={asking === 'refuse' ? t('claims.refuse') : t('claims.confirm')}
        act={() => asking && send({ id: claim.id, confirm: asking === 'confirm' })}
        acting={sending}
        problem={problem}
      >
        {asking === 'refuse' ? t('claims.refuseMeans', { name }) : t('claims.confirmMeans', { name })}
      </ConfirmDialog>
    </li>
  );
}

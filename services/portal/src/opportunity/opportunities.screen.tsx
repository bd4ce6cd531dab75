import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { date } from '../i18n/format.js';
import { Card, ScreenTitle } from '../parts/card.js';
import { Empty, Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { addressOf } from '../shell/addresses.js';
import classes from './opportunity.module.css';
import { type Opportunity, useOpportunities } from './opportunity.queries.js';
import { StateBadge } from './state-badge.js';

/** The own firm's needs and offers. */
export function OpportunitiesScreen() {
  const { t } = useTranslation('opportunity');
  const { actor } = useSession();
  return (
    <>
      <ScreenTitle intro={t('list.intro')}>{t('list.title')}</ScreenTitle>
      {actor.kind === 'firm' && actor.id ? (
        <OwnOpportunities companyId={actor.id} />
      ) : (
        <Empty title={t('list.notFirm')} action={<NewNeed />}>
          {t('list.notFirmWhy')}
        </Empty>
      )}
    </>
  );
}

function OwnOpportunities({ companyId }: { companyId: string }) {
  const { t } = useTranslation('opportunity');
  const query = useOpportunities(companyId);
  return (
    <Shown query={query}>
      {(found) => {
        const standing = found.filter(({ state }) => state !== 'archived');
        const away = found.filter(({ state }) => state === 'archived');
        return (
          <div className={classes.stack}>
            {standing.length === 0 ? (
              <Empty title={t('list.none')} action={<NewNeed />}>
                {t('list.noneWhy')}
              </Empty>
            ) : (
              <>
                <div>
                  <NewNeed />
                </div>
                <List found={standing} />
              </>
            )}
            {away.length > 0 && (
              <details className={classes.away}>
                <summary>{t('list.archived', { count: away.length })}</summary>
                <List found={away} />
              </details>
            )}
          </div>
        );
      }}
    </Shown>
  );
}

function NewNeed() {
  const { t } = useTranslation('opportunity');
  return (
    <Button component={Link} to={addressOf.find()}>
      {t('list.new')}
    </Button>
  );
}

function List({ found }: { found: readonly Opportunity[] }) {
  return (
    <ul className={classes.list}>
      {found.map((one) => (
        <Card key={one.id} as="li">
          <h2 className={classes.name} lang={one.lang}>
            <Link to={addressOf.opportunity(one.id)}>{one.title}</Link>
          </h2>
          <StateBadge {...one} />
          <p lang={one.lang}>{one.summary}</p>
          <Expiry {...one} />
        </Card>
      ))}
    </ul>
  );
}

/** Until when it is public. */
export function Expiry({ state, expiresAt }: Pick<Opportunity, 'state' | 'expiresAt'>) {
  const { t } = useTranslation('opportunity');
  if (!expiresAt || state === 'archived') return null;
  const when = { date: date(expiresAt) };
  return <p className={classes.quiet}>{state === 'expired' ? t('expired', when) : t('expires', when)}</p>;
}

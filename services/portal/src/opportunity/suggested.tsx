import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../parts/card.js';
import { Identity } from '../parts/identity.js';
import { Reasons } from '../parts/reasons.js';
import { Score } from '../parts/score-bar.js';
import { Empty, Shown } from '../parts/states.js';
import { addressOf } from '../shell/addresses.js';
import classes from './opportunity.module.css';
import { isFresh, type Opportunity, type Suggestion, useSuggested } from './opportunity.queries.js';

const SEEKS = ['experts', 'partners'] as const;

/** Who was suggested for it, as they come. */
export function Suggested({ opportunity }: { opportunity: Opportunity }) {
  return (
    <div className={classes.stack}>
      {SEEKS.map((seek) => (
        <OfKind key={seek} opportunity={opportunity} seek={seek} />
      ))}
    </div>
  );
}

function OfKind({ opportunity, seek }: { opportunity: Opportunity; seek: (typeof SEEKS)[number] }) {
  const { t } = useTranslation('opportunity');
  const query = useSuggested(opportunity, seek);
  const { state, publishedAt } = opportunity;
  return (
    <section className={classes.stack} aria-labelledby={`suggested-${seek}`}>
      <h2 id={`suggested-${seek}`} className={classes.heading}>
        {t(`suggested.${seek}`)}
      </h2>
      <Shown query={query}>
        {(found) => (
          <>
            <p className="heard" role="status">
              {found.length > 0 ? t('suggested.count', { count: found.length }) : ''}
            </p>
            {found.length > 0 && (
              <ol className={classes.list}>
                {found.map((one) => (
                  <SuggestedCard key={one.id} suggestion={one} />
                ))}
              </ol>
            )}
            {found.length === 0 && (
              <None
                seek={seek} // The time of the last answer: each one asks anew whether there is something to wait for.
                waiting={state === 'published' && isFresh(publishedAt, query.dataUpdatedAt)}
                published={state === 'published'}
              />
            )}
          </>
        )}
      </Shown>
    </section>
  );
}

interface NoneProps {
  seek: (typeof SEEKS)[number];
  waiting: boolean;
  published: boolean;
}

function None({ seek, waiting, published }: NoneProps) {
  const { t } = useTranslation('opportunity');
  if (waiting)
    return (
      <p className={classes.looking} role="status">
        <Loader size="sm" aria-hidden="true" /> {t('suggested.looking')}
      </p>
    );
  if (!published) return <p className={classes.quiet}>{t('suggested.unpublished')}</p>;
  return <Empty title={t(`suggested.none.${seek}`)}>{t('suggested.noneWhy')}</Empty>;
}

function SuggestedCard({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('opportunity');
  const { id, subject, score, parts, reasons, state } = suggestion;
  return (
    <Card as="li">
      <Identity
        {...subject}
        as={(name) => (
          <h3>
            <Link to={addressOf.suggestion(id)}>{name}</Link>
          </h3>
        )}
      />
      {state === 'dismissed' && <p className={classes.quiet}>{t('suggested.dismissed')}</p>}
      <Score score={score} parts={parts} />
      <Reasons reasons={reasons} most={3} />
    </Card>
  );
}

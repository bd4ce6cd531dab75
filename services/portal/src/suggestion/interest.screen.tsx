import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useOpportunity } from '../opportunity/opportunity.queries.js';
import { What } from '../opportunity/opportunity.screen.js';
import { ScreenTitle } from '../parts/card.js';
import { Shown } from '../parts/states.js';
import { addressOf } from '../shell/addresses.js';
import { Asked } from './asked.js';
import classes from './suggestion.module.css';
import { useInterest, useSuggestion } from './suggestion.queries.js';
import { Timeline } from './timeline-list.js';
import { Why } from './why.js';

/** A question between two: who asks whom about what, the answer, and the contact after a yes. */
export function InterestScreen() {
  const { t } = useTranslation('suggestion');
  const { id } = useParams();
  const interest = useInterest(id);
  const need = useOpportunity(interest.data?.opportunityId);
  const title = need.data?.title ?? t('interest');
  const side = interest.data?.side;
  return (
    <>
      <ScreenTitle {...(side && { intro: t(`side.${side}`) })}>{title}</ScreenTitle>
      <Shown query={interest}>
        {(found) => (
          // On a small screen the answer comes before the reasons.
          <div className={classes.interest}>
            <Shown query={need}>{(opportunity) => <What opportunity={opportunity} />}</Shown>
            <div className={classes.answers}>
              <Asked interest={found} />
              <Timeline suggestedAt={undefined} interest={found} />
            </div>
            {found.suggestionId && (
              <div className={classes.stack}>
                <Fit id={found.suggestionId} />
              </div>
            )}
          </div>
        )}
      </Shown>
    </>
  );
}

/** Why the two were suggested to one another. */
function Fit({ id }: { id: string }) {
  const { t } = useTranslation('suggestion');
  const query = useSuggestion(id);
  return (
    <Shown query={query}>
      {(suggestion) =>
        suggestion && (
          <>
            <Why suggestion={suggestion} />
            <div className={classes.print}>
              <Button component={Link} to={addressOf.suggestion(id)} variant="default" size="sm">
                {t('compare')}
              </Button>
            </div>
          </>
        )
      }
    </Shown>
  );
}

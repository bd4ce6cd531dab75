import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ScreenTitle } from '../parts/card.js';
import { Empty, Loading, Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { addressOf } from '../shell/addresses.js';
import { Ask } from './ask.js';
import { Asked } from './asked.js';
import { CoordinatorCard } from './coordinator.card.js';
import { FaceToFace } from './face-to-face.js';
import classes from './suggestion.module.css';
import { type Suggestion, useAskedBy, useInterest, useSuggestion } from './suggestion.queries.js';
import { Timeline } from './timeline-list.js';
import { Why } from './why.js';

/** A suggestion: what one seeks and the other offers, why they fit, and what to do about it. */
export function SuggestionScreen() {
  const { t } = useTranslation('suggestion');
  const { id } = useParams();
  const query = useSuggestion(id);
  return (
    <>
      <ScreenTitle intro={t('intro')}>{query.data?.subject.name ?? t('title')}</ScreenTitle>
      <Shown query={query} waiting={<Loading lines={10} />}>
        {(suggestion) =>
          suggestion ? (
            <Whole suggestion={suggestion} />
          ) : (
            <Empty
              title={t('gone.title')}
              action={
                <Button component={Link} to={addressOf.find()}>
                  {t('gone.find')}
                </Button>
              }
            >
              {t('gone.text')}
            </Empty>
          )
        }
      </Shown>
    </>
  );
}

function Whole({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestion');
  return (
    <div className={classes.stack}>
      <FaceToFace suggestion={suggestion} />
      <div className={classes.columns}>
        <Why suggestion={suggestion} />
        <Standing suggestion={suggestion} />
      </div>
      <div className={classes.print}>
        <Button variant="default" size="sm" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
    </div>
  );
}

/** What was asked by way of it, or asking. */
function Standing({ suggestion }: { suggestion: Suggestion }) {
  const { actor } = useSession();
  const asked = useAskedBy(suggestion);
  const interest = useInterest(asked.data ?? undefined);
  const party = actor.kind === 'firm' || actor.kind === 'expert';
  return (
    <div className={classes.stack}>
      <Shown query={asked} waiting={<Loading lines={3} />}>
        {(id) => {
          if (id !== null) return <Shown query={interest}>{(found) => <Asked interest={found} />}</Shown>;
          return party ? (
            <div className={classes.print}>
              <Ask suggestion={suggestion} />
            </div>
          ) : null;
        }}
      </Shown>
      {party && <CoordinatorCard opportunityId={suggestion.opportunityId} suggestionId={suggestion.id} />}
      <Timeline suggestedAt={suggestion.createdAt} interest={interest.data} />
    </div>
  );
}

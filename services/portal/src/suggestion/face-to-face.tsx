import { useTranslation } from 'react-i18next';
import { useOpportunity } from '../opportunity/opportunity.queries.js';
import { Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { NeedSide, ProfileSide } from './sides.js';
import classes from './suggestion.module.css';
import { type Suggestion, useCompany, useExpert } from './suggestion.queries.js';

/** You seek, they offer; or the other way round. Beside one another where there is room. */
export function FaceToFace({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestion');
  const { subject, missing, opportunityId } = suggestion;
  const theirs = subject.type === 'opportunity';
  const need = useOpportunity(opportunityId);
  return (
    <div className={classes.faces}>
      <Shown query={need}>
        {(found) => (
          <NeedSide
            heading={theirs ? t('theySeek') : t('youSeek')}
            need={found}
            missing={missing}
            owner={theirs ? subject : undefined}
          />
        )}
      </Shown>
      <div className={classes.between} aria-hidden="true">
        ↔
      </div>
      <Offer suggestion={suggestion} />
    </div>
  );
}

function Offer({ suggestion: { subject } }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestion');
  const { actor } = useSession();
  const theirs = subject.type === 'opportunity';
  const who = theirs ? { type: actor.kind === 'expert' ? 'expert' : 'company', id: actor.id } : subject;
  const expert = useExpert(who.type === 'expert' ? who.id : undefined);
  const company = useCompany(who.type === 'company' ? who.id : undefined);
  const heading = theirs ? t('youOffer') : t('theyOffer');
  return who.type === 'expert' ? (
    <Shown query={expert}>{(profile) => <ProfileSide heading={heading} type="expert" profile={profile} />}</Shown>
  ) : (
    <Shown query={company}>{(profile) => <ProfileSide heading={heading} type="company" profile={profile} />}</Shown>
  );
}

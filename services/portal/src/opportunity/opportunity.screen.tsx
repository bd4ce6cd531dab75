import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { languageName } from '../i18n/language-name.js';
import { Card, ScreenTitle } from '../parts/card.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { CoordinatorCard } from '../suggestion/coordinator.card.js';
import { Acts } from './acts.js';
import { AskOwner } from './ask-owner.js';
import { Expiry } from './opportunities.screen.js';
import classes from './opportunity.module.css';
import { type Opportunity, useOpportunity } from './opportunity.queries.js';
import { StateBadge } from './state-badge.js';
import { Suggested } from './suggested.js';

/** A need or an offer: its owner sees who was suggested for it, others can ask about it. */
export function OpportunityScreen() {
  const { t } = useTranslation('opportunity');
  const { id } = useParams();
  const { actor } = useSession();
  const query = useOpportunity(id);
  const title = query.data?.title ?? t('title');
  return (
    <>
      <ScreenTitle>{title}</ScreenTitle>
      <Shown query={query}>
        {(opportunity) => {
          const own = actor.kind === 'firm' && actor.id === opportunity.companyId;
          const staff = ['coordinator', 'facilitator', 'admin'].includes(actor.kind);
          const party = actor.kind === 'firm' || actor.kind === 'expert';
          return (
            <div className={classes.columns}>
              <div className={classes.stack}>
                <What opportunity={opportunity} />
                {own && <Acts opportunity={opportunity} />}
                {!own && party && <AskOwner opportunity={opportunity} />}
                {party && <CoordinatorCard opportunityId={opportunity.id} />}
              </div>
              {(own || staff) && <Suggested opportunity={opportunity} />}
            </div>
          );
        }}
      </Shown>
    </>
  );
}

/** What it says. */
export function What({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation('opportunity');
  const { summary, text, competences, lang, anonymous } = opportunity;
  return (
    <Card label={t('title')}>
      <StateBadge {...opportunity} />
      <p lang={lang}>{text ?? summary}</p>
      {competences.length > 0 && (
        <Chips label={t('competences')}>
          {competences.map(({ id, label }) => (
            <CompetenceChip key={id ?? label} label={label} />
          ))}
        </Chips>
      )}
      <p className={classes.quiet}>
        {t('lang', { lang: languageName(lang) })}
        {anonymous && ` · ${t('anonymousMeans')}`}
      </p>
      <Expiry {...opportunity} />
    </Card>
  );
}

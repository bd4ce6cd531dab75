import { useTranslation } from 'react-i18next';
import { ago, date } from '../i18n/format.js';
import { useOpportunity } from '../opportunity/opportunity.queries.js';
import { Card } from '../parts/card.js';
import { WarningIcon } from '../parts/icons.js';
import { Reasons } from '../parts/reasons.js';
import { Score } from '../parts/score-bar.js';
import { type Caution, cautionsOf } from './cautions.js';
import classes from './suggestion.module.css';
import { type Suggestion, useCompany, useExpert } from './suggestion.queries.js';

/** How well the two fit, of what that is made up, why, and what to bear in mind. */
export function Why({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestion');
  const { score, parts, reasons, createdAt } = suggestion;
  return (
    <Card>
      <h2>{t('why')}</h2>
      <Score score={score} parts={parts} explained />
      <Reasons reasons={reasons} />
      <Cautions suggestion={suggestion} />
      <p className={classes.quiet}>{t('fresh', { ago: ago(createdAt) })}</p>
    </Card>
  );
}

function Cautions({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestion');
  const { subject, opportunityId } = suggestion;
  const need = useOpportunity(opportunityId);
  const expert = useExpert(subject.type === 'expert' ? subject.id : undefined);
  const company = useCompany(subject.type === 'company' ? subject.id : undefined);
  const known = {
    profileUpdatedAt: expert.data?.updatedAt ?? company.data?.updatedAt,
    away: expert.data?.away,
    expiresAt: need.data?.expiresAt,
  };
  const cautions = cautionsOf(suggestion, known, new Date());
  if (cautions.length === 0) return null;
  return (
    <section className={classes.cautions} aria-labelledby="cautions">
      <h3 id="cautions">{t('caution.title')}</h3>
      <ul>
        {cautions.map((caution) => (
          <li key={caution.code === 'platform' ? caution.text : caution.code}>
            <WarningIcon />
            <span>
              <CautionText caution={caution} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CautionText({ caution }: { caution: Caution }) {
  const { t } = useTranslation('suggestion');
  switch (caution.code) {
    case 'platform':
      return caution.text;
    case 'language':
      return t('caution.language');
    case 'missing':
      return t('caution.missing', { list: caution.list.join(', ') });
    case 'awaySoon':
      return t('caution.awaySoon', { from: date(caution.from), to: date(caution.to) });
    default:
      return t(`caution.${caution.code}`, { date: date(caution.date) });
  }
}

import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { date } from '../i18n/format.js';
import { languageName } from '../i18n/language-name.js';
import type { Opportunity } from '../opportunity/opportunity.queries.js';
import { StateBadge } from '../opportunity/state-badge.js';
import { Card } from '../parts/card.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { Identity } from '../parts/identity.js';
import classes from './suggestion.module.css';
import type { Suggestion } from './suggestion.queries.js';

interface NeedProps {
  heading: string;
  need: Opportunity;
  /** Of which of its competences the other side shows nothing. */
  missing: Suggestion['missing'];
  /** Whose it is, to who is not its owner. */
  owner?: Suggestion['subject'] | undefined;
}

/** What is sought. */
export function NeedSide({ heading, need, missing, owner }: NeedProps) {
  const { t } = useTranslation('suggestion');
  const lacking = new Set(missing.map(({ id }) => id));
  return (
    <Card>
      <h2 className={classes.side}>{heading}</h2>
      <p className={classes.what} lang={need.lang}>
        {need.title}
      </p>
      <StateBadge {...need} />
      {owner && (
        <Identity type="company" name={owner.company?.name} country={owner.country} territory={owner.territory} />
      )}
      <p lang={need.lang}>{need.text ?? need.summary}</p>
      {need.competences.length > 0 && (
        <Chips label={t('sought')}>
          {need.competences.map(({ id, label, level }) => (
            <CompetenceChip key={id ?? label} label={label} level={level} shared={id !== null && !lacking.has(id)} />
          ))}
        </Chips>
      )}
    </Card>
  );
}

interface ProfileProps {
  heading: string;
  type: 'expert' | 'company';
  profile: Schemas['Expert'] | Schemas['Company'];
}

/** What is offered: who it is, and what they say and show. */
export function ProfileSide({ heading, type, profile }: ProfileProps) {
  const { t } = useTranslation('suggestion');
  const { name, country, territory, text, languages, updatedAt, website } = profile;
  const competences = 'offers' in profile ? profile.offers : profile.competences;
  const affiliation = 'affiliation' in profile ? profile.affiliation : undefined;
  return (
    <Card>
      <h2 className={classes.side}>{heading}</h2>
      <Identity
        {...{ type, name, country, territory, affiliation }}
        as={(shown) => <strong className={classes.what}>{shown}</strong>}
      />
      {text && <p>{text}</p>}
      {competences.length > 0 && (
        <Chips label={t('offered')}>
          {competences.map(({ label, level }) => (
            <CompetenceChip key={label} label={label} level={level} />
          ))}
        </Chips>
      )}
      <p className={classes.quiet}>
        {languages.length > 0 && `${t('languages', { list: languages.map(languageName).join(', ') })} · `}
        {t('updated', { date: date(updatedAt) })}
        {website && (
          <>
            {' · '}
            <a href={website} target="_blank" rel="noopener noreferrer nofollow">
              {t('website')}
            </a>
          </>
        )}
      </p>
    </Card>
  );
}

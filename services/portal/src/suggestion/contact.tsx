import { useTranslation } from 'react-i18next';
import { Card } from '../parts/card.js';
import { Identity } from '../parts/identity.js';
import classes from './suggestion.module.css';
import type { Interest } from './suggestion.queries.js';

/** The other side: a teaser until both have accepted, and then how to reach them. */
export function Contact({ counterpart }: Pick<Interest, 'counterpart'>) {
  const { t } = useTranslation('suggestion');
  const { contact } = counterpart;
  return (
    <Card>
      <h2>{contact ? t('contact.title') : t('contact.other')}</h2>
      <Identity {...counterpart} as={(name) => <strong className={classes.what}>{name}</strong>} />
      {contact && (
        <dl className={classes.contact}>
          {contact.name && (
            <div>
              <dt>{t('contact.person')}</dt>
              <dd>{contact.name}</dd>
            </div>
          )}
          {contact.email && (
            <div>
              <dt>{t('contact.email')}</dt>
              <dd>
                <a href={`mailto:${contact.email}`}>{contact.email}</a>
              </dd>
            </div>
          )}
          {contact.phone && (
            <div>
              <dt>{t('contact.phone')}</dt>
              <dd>
                <a href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>{contact.phone}</a>
              </dd>
            </div>
          )}
        </dl>
      )}
      {contact && !contact.email && !contact.phone && <p>{t('contact.none')}</p>}
    </Card>
  );
}

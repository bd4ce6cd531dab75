import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../parts/card.js';
import { Identity } from '../parts/identity.js';
import { Reasons } from '../parts/reasons.js';
import { Score } from '../parts/score-bar.js';
import { addressOf } from '../shell/addresses.js';
import classes from './find.module.css';
import type { Found } from './find.queries.js';
import { ProfileDialog } from './profile.dialog.js';

const REASONS = 3;

interface Props {
  found: Found;
  /** The suggestion by which they can be asked. */
  suggestion: string | undefined;
}

/** One of those who were found: who, where, how well they fit, and why. */
export function ResultCard({ found, suggestion }: Props) {
  const { t } = useTranslation('find');
  const [whole, setWhole] = useState(false);
  const [open, setOpen] = useState(false);
  const { subject, score, parts, reasons, missing } = found;
  const isNeed = subject.type === 'opportunity';
  return (
    <Card as="li">
      <div className={classes.cardHead}>
        <Identity
          {...subject}
          affiliation={isNeed ? (subject.company?.name ?? t('card.unnamed')) : subject.affiliation}
          as={(name) => (
            <h3>
              {isNeed ? (
                <Link to={addressOf.opportunity(subject.id)}>{name}</Link>
              ) : (
                <button type="button" className={classes.link} onClick={() => setOpen(true)}>
                  {name}
                </button>
              )}
            </h3>
          )}
        />
        <div className={classes.score}>
          <Score score={score} parts={parts} explained={whole} />
        </div>
      </div>
      <Reasons reasons={reasons} {...(!whole && { most: REASONS })} />
      {whole && missing.length > 0 && (
        <p className={classes.aside}>{t('card.missing', { list: missing.map(({ label }) => label).join(', ') })}</p>
      )}
      <div className={classes.cardActs}>
        {suggestion && (
          <Button component={Link} to={addressOf.suggestion(suggestion)} size="sm">
            {t('card.ask')}
          </Button>
        )}
        <Button variant="default" size="sm" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t('card.less') : t('card.more')}
        </Button>
      </div>
      {!isNeed && <ProfileDialog opened={open} close={() => setOpen(false)} subject={subject} />}
    </Card>
  );
}

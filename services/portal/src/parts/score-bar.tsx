import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { number } from '../i18n/format.js';
import { PARTS, rounded, verdict } from './score.js';
import classes from './score-bar.module.css';

interface Props {
  score: number;
  parts: Schemas['Suggestion']['parts'];
  /** Names each part with its figure; without it the bar alone is shown. */
  explained?: boolean;
}

/** How well two fit: in a word, as a number of a hundred, and as a bar whose parts add up to it. */
export function Score({ score, parts, explained = false }: Props) {
  const { t } = useTranslation('parts');
  const figures = rounded(score, parts);
  const shown = PARTS.filter((part) => figures.parts[part] !== 0);
  const list = shown.map((part) => `${t(`score.${part}`)} ${number(figures.parts[part])}`).join(', ');
  return (
    <div className={classes.score}>
      <p className={classes.words}>
        <strong>{t(`verdict.${verdict(score)}`)}</strong>{' '}
        <span className={classes.number}>{t('score.of', { score: number(figures.score) })}</span>
      </p>
      <div className={classes.bar} aria-hidden="true">
        {shown.map((part) => (
          <span key={part} data-part={part} style={{ width: `${Math.max(0, figures.parts[part])}%` }} />
        ))}
      </div>
      {explained ? (
        <ul className={classes.parts} aria-label={t('score.label')}>
          {shown.map((part) => (
            <li key={part}>
              <span className={classes.swatch} data-part={part} aria-hidden="true" />
              {t(`score.${part}`)} <span className={classes.number}>{number(figures.parts[part])}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="heard">{list}</p>
      )}
    </div>
  );
}

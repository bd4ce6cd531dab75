import { useTranslation } from 'react-i18next';
import classes from './competence-chip.module.css';
import { CrossIcon } from './icons.js';

interface Props {
  label: string;
  level?: 'basic' | 'advanced' | 'expert' | undefined;
  /** With it the chip can be taken away. */
  onRemove?: () => void;
  /** Marked as what two have in common. */
  shared?: boolean;
}

/** One competence. */
export function CompetenceChip({ label, level, onRemove, shared = false }: Props) {
  const { t } = useTranslation('parts');
  return (
    <span className={classes.chip} data-shared={shared || undefined}>
      <span>{label}</span>
      {level && <span className={classes.level}>{t(`level.${level}`)}</span>}
      {onRemove && (
        <button type="button" className={classes.remove} onClick={onRemove} aria-label={t('remove', { what: label })}>
          <CrossIcon />
        </button>
      )}
    </span>
  );
}

/** Chips in a row that wraps; a list for those who listen. */
export function Chips({ label, children }: { label: string; children: React.ReactNode[] }) {
  return (
    <ul className={classes.chips} aria-label={label}>
      {children.map((child, at) => (
        <li key={at}>{child}</li>
      ))}
    </ul>
  );
}

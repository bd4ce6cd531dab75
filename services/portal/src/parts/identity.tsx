import { useTranslation } from 'react-i18next';
import { LockIcon, PlaceIcon } from './icons.js';
import classes from './identity.module.css';
import { TerritoryName } from './territory-name.js';

interface Props {
  type: 'expert' | 'company' | 'opportunity';
  /** Null while it is not to be known. */
  name: string | null | undefined;
  affiliation?: string | null | undefined;
  country: string | null | undefined;
  territory: string | null | undefined;
  /** Where the name leads, made by the screen: a heading, a link. */
  as?: (name: string) => React.ReactNode;
}

/** Who it is and where. Who stays unnamed until both have accepted is shown as that, with what may be known. */
export function Identity({
  type,
  name,
  affiliation,
  country,
  territory,
  as = (text) => <strong>{text}</strong>,
}: Props) {
  const { t } = useTranslation('parts');
  return (
    <div className={classes.identity}>
      {name ? (
        as(name)
      ) : (
        <span className={classes.hidden}>
          <LockIcon /> {as(t('hidden.name'))}
        </span>
      )}
      {affiliation && <span>{affiliation}</span>}
      <span className={classes.place}>
        <PlaceIcon /> {t(`kind.${type}`)}
        {(territory || country) && ' · '}
        <TerritoryName code={territory} country={country} />
      </span>
      {!name && <span className={classes.place}>{t('hidden.why')}</span>}
    </div>
  );
}

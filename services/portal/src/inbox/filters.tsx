import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './inbox.module.css';
import { FILTERS, type Filter } from './pages.js';

/** Which notices are shown; each choice has an address of its own. */
export function Filters({ chosen }: { chosen: Filter }) {
  const { t } = useTranslation('inbox');
  return (
    <nav className={classes.filters} aria-label={t('filter.label')}>
      <ul>
        {FILTERS.map((filter) => (
          <li key={filter}>
            <Link to={filter === 'all' ? '?' : `?show=${filter}`} aria-current={filter === chosen ? 'page' : undefined}>
              {t(`filter.${filter}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

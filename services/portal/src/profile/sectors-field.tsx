import { use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n/language.js';
import { CrossIcon } from '../parts/icons.js';
import { SearchBox } from '../parts/search-box.js';
import type { Sector } from './company-form.js';
import classes from './profile.module.css';
import { codeChoices, type Division, SCHEME_NAMES, sectorName, wordChoices } from './sectors.js';

let table: Promise<readonly Division[]> | undefined;
const divisions = () => {
  table ??= import('../../../../libs/competences/src/divisions.json').then(({ default: rows }) => rows as Division[]);
  return table;
};

/** The names of sectors in the reader's language. Suspends while their table loads. */
export function useDivisions(): readonly Division[] {
  return use(divisions());
}

interface Props {
  value: Sector[];
  onChange: (value: Sector[]) => void;
  country: string;
  error?: string | undefined;
}

/** Sectors: searched by their name, or typed as the national code that stands in the register. */
export function SectorsField({ value, onChange, country, error }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const rows = useDivisions();
  const [typed, setTyped] = useState('');
  const lang = language();
  const found = /^\s*[A-Va-v]?\s?\d/.test(typed)
    ? codeChoices(typed, country, rows, lang)
    : wordChoices(typed, country, rows, lang);
  const choices = found.filter(({ sector }) => !value.some((one) => same(one, sector)));
  return (
    <div className={classes.field}>
      {value.length < 10 && (
        <SearchBox
          id="field-sectors"
          label={t('field.sectors')}
          description={t('sectors.how')}
          placeholder={t(country === 'CH' ? 'sectors.typeCh' : 'sectors.typeIt')}
          typed={typed}
          onType={setTyped}
          choices={choices.map(({ sector, label, hint }) => ({
            value: `${sector.scheme} ${sector.code}`,
            label,
            hint,
          }))}
          onPick={(picked) => {
            const one = choices.find(({ sector }) => `${sector.scheme} ${sector.code}` === picked);
            if (one) onChange([...value, one.sector]);
          }}
          nothing={t('sectors.nothing')}
          error={error}
        />
      )}
      {value.length > 0 && (
        <ul className={classes.rows} aria-label={t('field.sectors')}>
          {value.map((one) => (
            <li key={`${one.scheme} ${one.code}`} className={classes.row}>
              <span className={classes.grow}>
                {sectorName(one.code, rows, lang)}{' '}
                <span className={classes.dim}>
                  {SCHEME_NAMES[one.scheme]} {one.code}
                </span>
              </span>
              <button
                type="button"
                className={classes.remove}
                aria-label={t('parts:remove', { what: one.code })}
                onClick={() => onChange(value.filter((other) => other !== one))}
              >
                <CrossIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const same = (one: Sector, other: Sector) => one.scheme === other.scheme && one.code === other.code;

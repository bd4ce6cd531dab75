import { use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n/language.js';
import { SearchBox } from '../parts/search-box.js';

type Division = Record<'division' | 'it' | 'en' | 'de' | 'fr', string>;

let table: Promise<readonly Division[]> | undefined;

function divisions(): Promise<readonly Division[]> {
  table ??= import('../../../../libs/competences/src/divisions.json').then(({ default: rows }) => rows as Division[]);
  return table;
}

/** The divisions of NACE with their names in the reader's language. */
export function useDivisions(): { code: string; name: string }[] {
  const lang = language();
  return use(divisions()).map((row) => ({ code: row.division, name: row[lang] }));
}

interface Props {
  known: readonly string[];
  choose: (sector: string) => void;
}

/** A sector that is not listed, found by typing a part of its name or its number. */
export function SectorBox({ known, choose }: Props) {
  const { t } = useTranslation('find');
  const [typed, setTyped] = useState('');
  const part = typed.trim().toLocaleLowerCase();
  const found = useDivisions().filter(
    ({ code, name }) => !known.includes(code) && (code.startsWith(part) || name.toLocaleLowerCase().includes(part)),
  );
  return (
    <SearchBox
      size="sm"
      aria-label={t('filters.sectorsOther')}
      placeholder={t('filters.sectorsOther')}
      typed={typed}
      onType={setTyped}
      choices={part ? found.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })) : []}
      onPick={choose}
      nothing={t('filters.sectorsNone')}
    />
  );
}

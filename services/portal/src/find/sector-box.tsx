import { MultiSelect } from '@mantine/core';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n/language.js';

type Division = Record<'division' | 'it' | 'en' | 'de' | 'fr', string>;

let table: Promise<readonly Division[]> | undefined;

function divisions(): Promise<readonly Division[]> {
  table ??= import('../../../../libs/competences/src/divisions.json').then(({ default: rows }) => rows as Division[]);
  return table;
}

interface Props {
  chosen: readonly string[];
  onChange: (sectors: string[]) => void;
}

/** The divisions of NACE, found by typing a part of the name or the number. */
export function SectorBox({ chosen, onChange }: Props) {
  const { t } = useTranslation('find');
  const lang = language();
  const options = use(divisions()).map((row) => ({ value: row.division, label: `${row[lang]} (${row.division})` }));
  return (
    <MultiSelect
      label={t('filters.sectors')}
      placeholder={chosen.length === 0 ? t('filters.sectorsAll') : undefined}
      size="sm"
      searchable
      limit={40}
      maxValues={20}
      data={options}
      value={[...chosen]}
      onChange={onChange}
      nothingFoundMessage={t('filters.sectorsNone')}
      comboboxProps={{ width: 'min(24rem, 90vw)', position: 'bottom-start' }}
    />
  );
}

import { MultiSelect, NativeSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { country as countryName } from '../i18n/format.js';
import { usePlaceName, useTerritories } from '../parts/territory-name.js';
import classes from './profile.module.css';

interface Place {
  country: string;
  territory: string;
  town?: string;
}

interface Props {
  value: Place;
  onChange: (value: Partial<Place>) => void;
  errors: { country?: string | undefined; territory?: string | undefined; town?: string | undefined };
}

const COUNTRIES = ['IT', 'CH', 'AT', 'DE', 'FR', 'LI', 'SI'];

/** Country, province or canton, and town. A territory brings its country along. */
export function PlaceFields({ value, onChange, errors }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const territories = useTerritories();
  const nameOf = usePlaceName();
  const { country, territory, town } = value;
  const known = COUNTRIES.includes(country) ? COUNTRIES : [...COUNTRIES, country];
  const inside = territories.filter(({ code }) => code.startsWith(country));
  const options = inside.map(({ code, name }) => ({ value: code, label: name }));
  // A region, or a place that the platform's table does not have, stays what it is.
  if (territory && !options.some((one) => one.value === territory))
    options.unshift({ value: territory, label: nameOf(territory) });
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t('field.country')}
        value={country}
        error={errors.country}
        onChange={(event) => onChange({ country: event.currentTarget.value, territory: '' })}
        data={known.map((code) => ({ value: code, label: countryName(code) }))}
      />
      {options.length > 0 && (
        <Select
          id="field-territory"
          label={t('field.territory')}
          placeholder={t('place.type')}
          nothingFoundMessage={t('place.nothing')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('parts:remove', { what: t('field.territory') }) }}
          value={territory || null}
          error={errors.territory}
          onChange={(code) => onChange({ territory: code ?? '' })}
          data={options}
        />
      )}
      {town !== undefined && (
        <TextInput
          label={t('field.town')}
          value={town}
          maxLength={120}
          error={errors.town}
          autoComplete="off"
          onChange={(event) => onChange({ town: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

/** Where an expert works for others: provinces, cantons, or a whole country. */
export function ServedField({
  value,
  onChange,
  error,
}: {
  value: string[];
  onChange: (value: string[]) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation(['profile', 'parts']);
  const territories = useTerritories();
  const nameOf = usePlaceName();
  const options = [
    ...['IT', 'CH'].map((code) => ({ value: code, label: t('place.whole', { country: countryName(code) }) })),
    ...territories.map(({ code, name }) => ({ value: code, label: name })),
  ];
  for (const code of value)
    if (!options.some((one) => one.value === code)) options.push({ value: code, label: nameOf(code) });
  return (
    <MultiSelect
      id="field-territories"
      label={t('field.territories')}
      description={t('place.served')}
      placeholder={value.length === 0 ? t('place.type') : ''}
      nothingFoundMessage={t('place.nothing')}
      searchable
      hidePickedOptions
      maxValues={40}
      size="md"
      value={value}
      error={error}
      onChange={onChange}
      data={options}
    />
  );
}

import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { country as countryName } from '../i18n/format.js';
import { languageName } from '../i18n/language-name.js';
import { TerritoryName } from '../parts/territory-name.js';
import { Facet } from './facet.js';
import { countsOf, toggled, valuesOf } from './facets.js';
import classes from './find.module.css';
import type { Facets } from './find.queries.js';
import type { ChangeSearch } from './find.screen.js';
import { RegionMap } from './region-map.js';
import { filterCount, LANGUAGES_SOUGHT, NO_FILTERS, type Search } from './search.js';
import { SectorBox, useDivisions } from './sector-box.js';

/** So many the platform takes at once. */
const SECTORS_MAX = 20;

interface Props {
  search: Search;
  change: ChangeSearch;
  facets: Facets;
}

/** What narrows an answer: the country, the place on the map and in a list, languages, sectors, room for more. */
export function Filters({ search, change, facets }: Props) {
  const { t } = useTranslation('find');
  const [shown, setShown] = useState(false);
  const id = useId();
  const count = filterCount(search);
  const languages = countsOf('languages', facets.languages);
  return (
    <aside className={classes.filters} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={classes.wideOnly}>
        {t('filters.title')}
      </h2>
      <Button
        className={classes.narrowOnly}
        variant="default"
        fullWidth
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setShown(!shown)}
      >
        {count > 0 ? t('filters.some', { count }) : t('filters.title')}
      </Button>
      <div id={id} className={classes.groups} data-shown={shown || undefined}>
        <Places search={search} change={change} facets={facets} />
        <Facet
          label={t('filters.languages')}
          values={LANGUAGES_SOUGHT.map((one) => [one, languages.get(one) ?? 0])}
          chosen={search.languages}
          change={(chosen) => change({ languages: LANGUAGES_SOUGHT.filter((one) => chosen.includes(one)) })}
          nameOf={languageName}
        />
        <Sectors search={search} change={change} facets={facets} />
        {search.seek === 'experts' && (
          <Checkbox
            size="sm"
            label={t('filters.available')}
            checked={search.availableOnly}
            onChange={(event) => change({ availableOnly: event.currentTarget.checked })}
          />
        )}
        {count > 0 && (
          <Button variant="default" size="sm" onClick={() => change(NO_FILTERS)}>
            {t('filters.clear')}
          </Button>
        )}
      </div>
    </aside>
  );
}

function Places({ search, change, facets }: Props) {
  const { t } = useTranslation('find');
  const countries = countsOf('countries', facets.places);
  const territories = countsOf('territories', facets.places);
  const { territories: chosen } = search;
  const countryCount = (code: string) => `${countryName(code)} (${countries.get(code) ?? 0})`;
  const label = useId();
  return (
    <>
      <div>
        <p className={classes.label} id={label}>
          {t('filters.country')}
        </p>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-labelledby={label}
          value={search.country ?? 'all'}
          onChange={(value) => change({ country: value === 'all' ? undefined : value })}
          data={[
            { value: 'all', label: t('filters.both') },
            { value: 'IT', label: countryCount('IT') },
            { value: 'CH', label: countryCount('CH') },
          ]}
        />
      </div>
      <RegionMap
        counts={territories}
        chosen={chosen}
        choose={(code) => change({ territories: toggled(chosen, code) })}
      />
      <Facet
        label={t('filters.territory')}
        description={t('filters.territoryMeans')}
        values={valuesOf(territories, chosen)}
        chosen={chosen}
        change={(value) => change({ territories: value })}
        nameOf={(code) => <TerritoryName code={code} country={null} />}
        more={(all, count) => (all ? t('filters.fewer') : t('filters.more', { count }))}
      />
    </>
  );
}

function Sectors({ search, change, facets }: Props) {
  const { t } = useTranslation('find');
  const names = new Map(useDivisions().map(({ code, name }) => [code, name]));
  const { sectors: chosen } = search;
  const values = valuesOf(countsOf('sectors', facets.sectors), chosen);
  return (
    <div className={classes.checks}>
      <Facet
        label={t('filters.sectors')}
        values={values}
        chosen={chosen}
        change={(sectors) => change({ sectors: sectors.slice(0, SECTORS_MAX) })}
        nameOf={(code) => names.get(code) ?? code}
        more={(all, count) => (all ? t('filters.sectorsFewer') : t('filters.sectorsMore', { count }))}
      />
      <SectorBox
        known={values.map(([code]) => code)}
        choose={(code) => change({ sectors: [...chosen, code].slice(0, SECTORS_MAX) })}
      />
    </div>
  );
}

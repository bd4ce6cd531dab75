import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { country as countryName } from '../i18n/format.js';
import { languageName } from '../i18n/language-name.js';
import { TerritoryName } from '../parts/territory-name.js';
import { countsOf, placesOf, toggled } from './facets.js';
import classes from './find.module.css';
import type { Found } from './find.queries.js';
import type { ChangeSearch } from './find.screen.js';
import { RegionMap } from './region-map.js';
import { filterCount, LANGUAGES_SOUGHT, NO_FILTERS, type Search } from './search.js';
import { SectorBox } from './sector-box.js';

const PLACES_FIRST = 7;

interface Props {
  search: Search;
  change: ChangeSearch;
  /** The answer without regard to place: what can be chosen, and how many. */
  items: readonly Found[];
}

/** What narrows an answer: the country, the place on the map and in a list, languages, sectors, room for more. */
export function Filters({ search, change, items }: Props) {
  const { t } = useTranslation('find');
  const [shown, setShown] = useState(false);
  const id = useId();
  const count = filterCount(search);
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
        <Places search={search} change={change} items={items} />
        <Checkbox.Group
          label={t('filters.languages')}
          value={[...search.languages]}
          onChange={(languages) => change({ languages: LANGUAGES_SOUGHT.filter((one) => languages.includes(one)) })}
        >
          <div className={classes.checks}>
            {LANGUAGES_SOUGHT.map((one) => (
              <Checkbox key={one} size="sm" value={one} label={languageName(one)} />
            ))}
          </div>
        </Checkbox.Group>
        <SectorBox chosen={search.sectors} onChange={(sectors) => change({ sectors })} />
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

function Places({ search, change, items }: Props) {
  const { t } = useTranslation('find');
  const [all, setAll] = useState(false);
  const { countries, territories } = countsOf(items);
  const { territories: chosen } = search;
  const places = placesOf(territories, chosen);
  const listed = places.filter(([code], at) => all || at < PLACES_FIRST || chosen.includes(code));
  const choose = (code: string) => change({ territories: toggled(chosen, code) });
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
      <RegionMap counts={territories} chosen={chosen} choose={choose} />
      {places.length > 0 && (
        <Checkbox.Group
          label={t('filters.territory')}
          description={t('filters.territoryMeans')}
          value={[...chosen]}
          onChange={(value) => change({ territories: value })}
        >
          <div className={classes.checks}>
            {listed.map(([code, count]) => (
              <Checkbox
                key={code}
                size="sm"
                value={code}
                label={
                  <>
                    <TerritoryName code={code} country={null} /> <span className={classes.aside}>({count})</span>
                  </>
                }
              />
            ))}
          </div>
          {places.length > PLACES_FIRST && (
            <button type="button" className={classes.link} aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('filters.fewer') : t('filters.more', { count: places.length - PLACES_FIRST })}
            </button>
          )}
        </Checkbox.Group>
      )}
    </>
  );
}

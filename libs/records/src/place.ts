import { countryName, territoryCodes } from '#libs/competences';
import type { PointedError } from './problems.js';

/** What an input says of a place; null clears, undefined leaves as it is. */
export interface PlaceInput {
  country?: string;
  territory?: string | null;
}

/**
 * The country and territory that follow from an input and the state before it. The two must agree;
 * a territory that is given alone settles the country, as when a firm moves across the border.
 */
export function settlePlace(
  input: PlaceInput,
  before: PlaceInput = {},
): { changes: PlaceInput; errors: PointedError[] } {
  const { country, territory } = input;
  if (country !== undefined && !countryName(country, 'en')) {
    return refused('/country', `there is no country ${country}; Italy is IT, Switzerland is CH`);
  }
  if (territory) {
    const home = homeOf(territory);
    if (!home) {
      return refused('/territory', `there is no territory ${territory}; Lecco is ITC43, Como ITC42, Ticino CH070`);
    }
    if (country !== undefined && home !== country) {
      return refused('/territory', `${territory} lies in ${home}, not in ${country}`);
    }
    return { changes: { territory, country: home }, errors: [] };
  }
  const kept = territory === undefined ? before.territory : null;
  if (country !== undefined && kept && homeOf(kept) !== country) {
    return refused('/country', `the territory ${kept} lies in ${homeOf(kept)}: give the new territory too, or null`);
  }
  const changes: PlaceInput = {};
  if (country !== undefined) changes.country = country;
  if (territory === null) changes.territory = null;
  return { changes, errors: [] };
}

/** What is wrong with a list of territories served; codes may be of provinces, cantons, regions and countries. */
export function unknownTerritories(territories: readonly string[]): PointedError[] {
  return territories.flatMap((territory, at) =>
    homeOf(territory) ? [] : [{ pointer: `/territories/${at}`, detail: `there is no territory ${territory}` }],
  );
}

// Where NUTS writes another country code than everybody else.
const NUTS_COUNTRIES: Record<string, string> = { EL: 'GR', UK: 'GB' };

// A code may be the beginning of others: ITC4 is Lombardia, ITC the north-west.
function homeOf(territory: string): string | undefined {
  const prefix = territory.slice(0, 2);
  const country = NUTS_COUNTRIES[prefix] ?? prefix;
  // The provinces of other countries are in no list of the platform; their shape has to do.
  if (country !== 'IT' && country !== 'CH') return countryName(country, 'en') ? country : undefined;
  return territoryCodes(country).some((code) => code.startsWith(territory)) ? country : undefined;
}

function refused(pointer: string, detail: string) {
  return { changes: {}, errors: [{ pointer, detail }] };
}

import type { operations } from '../api/openapi.js';
import { addressOf } from './addresses.js';

/** A saved search, as the API tells it. */
export type SavedSearch = operations['getAlert']['responses'][200]['content']['application/json'];

/** Where a saved search is asked anew; the search reads the same words from its address. */
export function searchAddress({ seek, text, competences, filters, prefer }: SavedSearch): string {
  const { country, territories = [], languages = [], sectors = [], availableOnly } = filters ?? {};
  const words = {
    q: text,
    seek,
    with: competences.join(','),
    prefer: prefer === 'cross-border' ? prefer : '',
    country,
    in: territories.join(','),
    speaks: languages.join(','),
    // The search tells sectors apart by their division.
    sector: [...new Set(sectors.map((code) => code.slice(0, 2)))].join(','),
    free: availableOnly ? '1' : '',
  };
  const said = Object.entries(words).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `${addressOf.find()}?${new URLSearchParams(said)}`;
}

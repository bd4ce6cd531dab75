import Holidays from 'date-holidays';
import { territorySign } from '#libs/competences';

/** Where somebody is: a country, and a NUTS code where it is known. */
export interface Place {
  country: string;
  territory: string | null;
}

// One table of rules a territory, and one set of days a year: they are asked for day after day.
const rules = new Map<string, Holidays>();
const years = new Map<string, Set<string>>();

/** Whether a day (`2026-08-01`) is a public holiday there. Where no holidays are known there are none. */
export function isHoliday(place: Place, day: string): boolean {
  const [country, part] = calendarOf(place);
  const name = part ? `${country}-${part}` : country;
  const year = day.slice(0, 4);
  const key = `${name} ${year}`;
  let days = years.get(key);
  if (!days) {
    days = new Set(
      holidaysOf(name, country, part)
        .getHolidays(Number(year))
        .filter(({ type }) => type === 'public')
        .map(({ date }) => date.slice(0, 10)),
    );
    years.set(key, days);
  }
  return days.has(day);
}

function holidaysOf(name: string, country: string, part: string | undefined): Holidays {
  let found = rules.get(name);
  if (!found) {
    found = part ? new Holidays(country, part) : new Holidays(country);
    rules.set(name, found);
  }
  return found;
}

/** Cantons have calendars of their own; of the Italian provinces South Tyrol alone, for its Whit Monday. */
function calendarOf({ country, territory }: Place): [country: string, part?: string] {
  if (territory === 'ITH10') return ['IT', '32'];
  const canton = country === 'CH' && territory ? territorySign(territory) : undefined;
  return canton ? [country, canton] : [country];
}

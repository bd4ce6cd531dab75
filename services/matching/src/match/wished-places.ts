import { findTerritory, fold } from '#libs/competences';

// Stems of adjectives and names of the two countries; the whole word must begin with one of them and be little longer.
const COUNTRIES: [beginning: string, country: string][] = [
  ['svizzer', 'CH'],
  ['elvetic', 'CH'],
  ['switzerland', 'CH'],
  ['swiss', 'CH'],
  ['schweiz', 'CH'],
  ['suisse', 'CH'],
  ['italia', 'IT'],
  ['italy', 'IT'],
  ['italien', 'IT'],
  ['ticinese', 'CH070'],
  ['ticinesi', 'CH070'],
  ['tessin', 'CH070'],
  ['ticino', 'CH070'],
];
const ENDING_MAX = 5;

/** Countries and territories that a need names («un partner svizzero», «in Ticino»): wished for, never demanded. */
export function wishedPlaces(text: string): string[] {
  const found = new Set<string>();
  for (const { 0: word, index } of text.slice(0, 4000).matchAll(/\p{L}[\p{L}'’-]{3,}/gu)) {
    const folded = fold(word);
    const country = COUNTRIES.find(
      ([beginning]) => folded.startsWith(beginning) && folded.length <= beginning.length + ENDING_MAX,
    );
    if (country) found.add(country[1]);
    // At the beginning of a sentence «Potenza» and «Massa» are words, not towns.
    else if (/^\p{Lu}/u.test(word) && /[\p{L},;]/u.test(text[index - 2] ?? '')) {
      const territory = findTerritory(word);
      if (territory) found.add(territory);
    }
  }
  return [...found];
}

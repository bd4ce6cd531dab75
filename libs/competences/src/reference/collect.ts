import { setImmediate as turn } from 'node:timers/promises';
import { LANGUAGES } from '../identify.js';
import type { Languages } from './label-find.js';
import { LabelIndexBuilder } from './label-index.js';
import { LabelLookup } from './label-lookup.js';
import { meaningSpace } from './meaning-space.js';
import { REFERENCE_KINDS, type ReferenceConcept } from './reference-concept.js';
import { NumberList, Rows } from './rows.js';

const CONCEPTS_PER_TURN = 200;

/** What a reference taxonomy is made of; a concept is its place in these lists. */
export interface Parts {
  version: string;
  ids: string[];
  kinds: Uint8Array;
  codes: (string | undefined)[];
  broader: Rows;
  languages: Languages;
}

/** Puts concepts into lists, with pauses in which the process does its other work. */
export async function collect(
  concepts: Iterable<ReferenceConcept> | AsyncIterable<ReferenceConcept>,
  version: string,
): Promise<Parts> {
  const builders = new Map(LANGUAGES.map((lang) => [lang, new LabelIndexBuilder(lang)]));
  const places = new Map<string, number>();
  const kinds: number[] = [];
  const codes: (string | undefined)[] = [];
  const broader: string[][] = [];
  for await (const concept of concepts) {
    if (places.has(concept.id)) continue;
    places.set(concept.id, places.size);
    kinds.push(REFERENCE_KINDS.indexOf(concept.kind));
    codes.push(concept.code);
    broader.push(concept.broader);
    for (const [lang, builder] of builders) builder.add(concept.labels[lang], concept.descriptions?.[lang]);
    if (places.size % CONCEPTS_PER_TURN === 0) await turn();
  }
  const languages: Partial<Languages> = {};
  for (const [lang, builder] of builders) {
    // What one language took to build need not lie in memory while the next is built.
    builders.delete(lang);
    const index = builder.finish();
    await turn();
    const lookup = new LabelLookup(index);
    await turn();
    languages[lang] = { index, lookup, meaning: await meaningSpace(index, builder.descriptions()) };
    await turn();
  }
  return {
    version,
    ids: [...places.keys()],
    kinds: Uint8Array.from(kinds),
    codes,
    broader: broaderRows(broader, places),
    languages: languages as Languages,
  };
}

function broaderRows(broader: readonly string[][], places: ReadonlyMap<string, number>): Rows {
  const ends = new NumberList();
  const values = new NumberList();
  for (const ids of broader) {
    for (const id of new Set(ids)) {
      const place = places.get(id);
      // What the import left out cannot be pointed at.
      if (place !== undefined) values.push(place);
    }
    ends.push(values.length);
  }
  return Rows.of(ends, values);
}

import type { NaceSector } from '#libs/competences';

/**
 * Who supplies whom in the region's industry, by divisions of NACE: each line names a division and those that it supplies. Where goods go both ways
 * (plastics and electronics) the greater stream counts. Our own table, from what such firms make and buy.
 */
const SUPPLIES: Readonly<Record<string, string>> = {
  '01': '10 11 13 16',
  '02': '16 17 31',
  '08': '23 42',
  '10': '11 46 47 56',
  '11': '46 47 56',
  '13': '14 15 31 22 29',
  '14': '46 47',
  '15': '14 31',
  '16': '31 41 43',
  '17': '10 18 58',
  '19': '20',
  '20': '13 21 22 23',
  '21': '86',
  '22': '26 27 28 29 32',
  '23': '41 42 43',
  '24': '25 27 28 29 30',
  '25': '26 27 28 29 30 31 32 41',
  '26': '27 28 29 30 32',
  '27': '28 29 30 43',
  '28': '10 13 17',
  '31': '55 47',
  '32': '86',
  '35': '24',
  '38': '20 22 24',
  '41': '68',
  '43': '41',
  '62': '26 28 58 64',
  '63': '64',
  '72': '20 21 26 28',
};

const PAIRS = new Set(Object.entries(SUPPLIES).flatMap(([from, to]) => to.split(' ').map((one) => `${from}>${one}`)));

/** Nearness of two divisions of which one supplies the other: below that of the same division (.6), above that of the section (.3). */
export const CHAIN_NEARNESS = 0.5;

/** Whether the firms of `other` supply those of `own` (upstream) or buy from them (downstream); undefined where neither is usual. */
export function chainRelation(own: NaceSector, other: NaceSector): 'upstream' | 'downstream' | undefined {
  if (PAIRS.has(`${other.division}>${own.division}`)) return 'upstream';
  return PAIRS.has(`${own.division}>${other.division}`) ? 'downstream' : undefined;
}

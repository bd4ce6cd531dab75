import { fold, naceOf, regionOf } from '#libs/competences';
import type { OpportunityState } from '#libs/contracts';
import type { PointedError } from '#libs/records';
import type { Company, KeptSector } from '../company/company.entity.js';
import { PRIVATE_STATES } from './life-cycle.js';
import type { Opportunity } from './opportunity.entity.js';

type Written = Pick<Opportunity, 'title' | 'summary' | 'text' | 'competences'>;
type Known = Pick<Company, 'name' | 'website' | 'contact'>;

/** Forms of companies: not part of what people call a firm. */
const LEGAL_FORM =
  /[\s,]+(s\.?\s?r\.?\s?l\.?s?|s\.?\s?p\.?\s?a|s\.?\s?n\.?\s?c|s\.?\s?a\.?\s?s|s\.?\s?a\.?\s?g\.?\s?l|s\.?\s?a|gmbh|ag|sagl|ltd|inc|kg)\.?$/i;

/** Where an unnamed firm is: its region. */
export const coarsePlace = (territory: string | null): string | null => territory && regionOf(territory);

/** What an unnamed firm does: the divisions of its sectors. */
export function coarseSectors(sectors: readonly KeptSector[]): KeptSector[] {
  const divisions = new Map<string, KeptSector>();
  for (const sector of sectors) {
    const { division, revision } = naceOf(sector) ?? {};
    if (!division) continue;
    const scheme = revision === '2' ? 'NACE2' : 'NACE2.1';
    divisions.set(`${scheme} ${division}`, { scheme, code: division, nace: division });
  }
  return [...divisions.values()];
}

/** Whether the name can still be taken back: once it was read, nothing takes it back. */
export function mayBecomeAnonymous(state: OpportunityState): boolean {
  return PRIVATE_STATES.includes(state);
}

/** The fields of an opportunity in whose words its firm can be recognised: by its name, an identifier, its web address or its mail. */
export function givenAway(opportunity: Written, firm: Known, identifiers: readonly string[]): PointedError[] {
  const { title, summary, text, competences } = opportunity;
  const fields: [pointer: string, words: string][] = [
    ['/title', title],
    ['/summary', summary],
    ['/text', text ?? ''],
    ['/competences', competences.map(({ label }) => label).join('\n')],
  ];
  const detail = 'names your firm, which is to stay unnamed: leave out name, identifiers, web and mail addresses';
  return fields.flatMap(([pointer, words]) => (tells(words, firm, identifiers) ? [{ pointer, detail }] : []));
}

function tells(words: string, { name, website, contact }: Known, identifiers: readonly string[]): boolean {
  if (namesIn(words, name)) return true;
  const folded = words.toLowerCase();
  const host = website && URL.parse(website)?.hostname.replace(/^www\./, '');
  if ([host, contact?.email?.toLowerCase()].some((one) => one && folded.includes(one))) return true;
  const compact = folded.replaceAll(/[^a-z0-9]/g, '');
  return identifiers.some((one) => compact.includes(one.toLowerCase().replaceAll(/[^a-z0-9]/g, '')));
}

/** A name of several words in any spelling; one of a single word only written as a name, for it may be a word like any other. */
function namesIn(words: string, name: string): boolean {
  const called = name.trim().replace(LEGAL_FORM, '');
  const single = !/\s/.test(called);
  const [within, sought] = single ? [words, called] : [fold(words), fold(called)];
  const pattern = sought.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'u').test(within);
}

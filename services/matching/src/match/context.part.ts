import { type NaceSector, nearness, sectorNearness } from '#libs/competences';
import { availability } from './availability.part.js';
import type { Candidate } from './candidate.js';
import type { Need } from './need.js';
import type { Contribution, Scale } from './score.js';
import { CHAIN_NEARNESS, chainRelation } from './sector-chain.js';

/** Sector, place, language and availability; `weight` of each is its value in 0..1. */
export function contextContributions(need: Need, candidate: Candidate, scale: Scale): Contribution[] {
  return [
    sector(need, candidate, scale.weights.sectorFloor) ?? chain(need, candidate),
    territory(need, candidate),
    language(need, candidate),
    ...availability(candidate, scale),
  ].filter((one) => one !== undefined);
}

function sector(need: Need, candidate: Candidate, floor: number): Contribution | undefined {
  // Both would then be guessed from the competences, and these have been counted already.
  if (candidate.type === 'expert' && !need.sectorsGiven) return undefined;
  let best = 0;
  let code: string | undefined;
  for (const wanted of need.sectors) {
    for (const own of candidate.sectors) {
      const value = sectorNearness(wanted, own);
      if (value > best) [best, code] = [value, common(wanted, own)];
    }
  }
  if (best < floor) return undefined;
  return { part: 'sector', code: best >= 0.8 ? 'sector-same' : 'sector-near', params: { sector: code }, weight: best };
}

/** Firms that supply those of the need's sector, or buy from them: what links them is not likeness. */
function chain(need: Need, candidate: Candidate): Contribution | undefined {
  if (candidate.type !== 'company' || need.alike || !need.sectorsGiven) return undefined;
  for (const wanted of need.sectors) {
    for (const own of candidate.sectors) {
      const relation = chainRelation(wanted, own);
      if (!relation) continue;
      return { part: 'sector', code: `sector-${relation}`, params: { sector: own.division }, weight: CHAIN_NEARNESS };
    }
  }
  return undefined;
}

function common(a: NaceSector, b: NaceSector): string {
  return a.nace === b.nace ? a.nace : a.division;
}

function territory(need: Need, candidate: Candidate): Contribution | undefined {
  const made = (code: string, place: string, weight: number): Contribution => ({
    part: 'territory',
    code,
    params: code === 'cross-border' || code === 'same-country' ? { country: place } : { territory: place },
    weight,
  });
  const there = candidate.territory ?? candidate.country;
  // Somebody who only says in words what they can do may be anywhere.
  if (!there) return undefined;
  const abroad = need.country !== null && candidate.country !== need.country;
  // A side of the border that was chosen counts before a place that the text names.
  const chosen = need.country === null ? 'none' : need.prefer;
  if ((chosen === 'cross-border' && !abroad) || (chosen === 'same-country' && abroad)) return undefined;
  if (need.wished.some((place) => there.startsWith(place))) return made('territory-wished', there, 1);
  if (!need.country) return undefined;
  // Whoever wishes reads where the other side is.
  const other = need.preferOf === 'need' ? candidate.country : need.country;
  if (chosen === 'cross-border') return made('cross-border', other, 1);
  const home = need.territory ?? need.country;
  const near = nearness(home, there);
  const serves = candidate.served.find((place) => home.startsWith(place));
  if (chosen === 'same-country')
    return near >= 0.6 ? made('territory-near', there, near) : made('same-country', other, 0.6);
  if (serves && near < 0.8) return made('territory-served', home, 0.8);
  return near > 0 ? made('territory-near', there, near) : undefined;
}

function language(need: Need, candidate: Candidate): Contribution | undefined {
  const shared = need.langs.find((lang) => candidate.languages.includes(lang));
  return shared && { part: 'language', code: 'language-common', params: { language: shared }, weight: 1 };
}

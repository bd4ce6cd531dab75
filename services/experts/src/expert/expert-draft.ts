import { v7 } from 'uuid';
import { fold } from '#libs/competences';
import type { ExpertPatch, Lang } from '#libs/contracts';
import { keptCompetences, type PointedError, settlePlace, unknownTerritories } from '#libs/records';
import { keepingIds, keptEvidence } from './evidence.js';
import type { Expert } from './expert.entity.js';
import { checkOrcid } from './orcid.js';

/** Open requests that an expert takes at a time unless they say otherwise. */
const USUAL_CAPACITY = 3;

/** What an input makes of an expert: the columns that it sets, and what is wrong with it. `lang` names competences that were given by id. */
export function draftExpert(
  input: ExpertPatch,
  lang: Lang,
  before?: Expert,
): { changes: Partial<Expert>; errors: PointedError[] } {
  const { country, territory, orcid, languages, competences, evidence, territories, ...plain } = input;
  const place = settlePlace({ country, territory }, before);
  const errors = [...place.errors, ...unknownTerritories(territories ?? [])];
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  const changes: Partial<Expert> = { ...Object.fromEntries(given), ...place.changes };
  if (territories) changes.territories = [...new Set(territories)];
  if (languages) changes.languages = [...new Set(languages)];
  if (competences) changes.competences = keptCompetences(competences, lang);
  if (evidence) changes.evidence = keepingIds(keptEvidence(evidence, lang, v7), before?.evidence ?? []);
  if (orcid === null) changes.orcid = null;
  else if (orcid !== undefined) {
    const checked = checkOrcid(orcid);
    if ('value' in checked) changes.orcid = checked.value;
    else errors.push({ pointer: '/orcid', detail: checked.error });
  }
  return { changes, errors };
}

/** An expert with changes applied, and with what follows from them. */
export function withChanges(before: Expert, changes: Partial<Expert>): Expert {
  const after = { ...before, ...changes };
  return { ...after, namesFolded: fold(`${after.name}\n${after.affiliation ?? ''}`) };
}

/** What keeps an expert from being found by anything at all. */
export function emptyProfile({ competences, evidence, text }: Expert): PointedError[] {
  if (competences.length > 0 || evidence.length > 0 || text !== null) return [];
  const detail = 'at least one competence, one piece of evidence or a text is needed';
  return [{ pointer: '/competences', detail }];
}

/** An expert of whom nothing is known yet. */
export function blankExpert(id: string, now: Date): Expert {
  return {
    id,
    revision: 1,
    name: '',
    namesFolded: '',
    country: '',
    role: null,
    affiliation: null,
    orcid: null,
    territory: null,
    territories: [],
    languages: [],
    text: null,
    competences: [],
    evidence: [],
    capacity: USUAL_CAPACITY,
    away: [],
    website: null,
    contact: null,
    listed: false,
    createdAt: now,
    updatedAt: now,
  };
}

import { naceOf } from '#libs/competences';
import type { Sector } from '#libs/contracts';
import type { PointedError } from '#libs/records';
import type { KeptSector } from './company.entity.js';

/** Sectors with their NACE code, each once, and what is wrong with those that no list of the scheme's kind has. */
export function keptSectors(sectors: readonly Sector[]): { sectors: KeptSector[]; errors: PointedError[] } {
  const kept = new Map<string, KeptSector>();
  const errors: PointedError[] = [];
  for (const [at, sector] of sectors.entries()) {
    const found = naceOf(sector);
    if (found) kept.set(`${sector.scheme} ${sector.code}`, { ...sector, nace: found.nace });
    else errors.push({ pointer: `/sectors/${at}/code`, detail: unknown(sector) });
  }
  return { sectors: [...kept.values()], errors };
}

/** The NACE codes by which a list of companies may ask for these sectors: division, group, class. An older revision's codes mean the same at the division only. */
export function findableNace(sectors: readonly KeptSector[]): string[] {
  const codes = sectors.flatMap((sector) => {
    const { division, revision } = naceOf(sector) ?? {};
    if (!division) return [];
    if (revision === '2') return [division];
    return [division, sector.nace.slice(0, 4), sector.nace].filter((code) => !code.endsWith('.'));
  });
  return [...new Set(codes)];
}

function unknown({ scheme, code }: Sector): string {
  return `${scheme} has no division that begins ${code}; machinery is 28, one of its classes 28.41.00`;
}

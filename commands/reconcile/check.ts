import type { DataSource } from 'typeorm';
import type { Databases } from '../installation.js';

/** The open databases, by service. */
export type Sources = Record<keyof Databases, DataSource>;

/** What one look found: how much was compared, and what differs. A key says what it is about and which state it should have. */
export interface Sight {
  compared: number;
  differences: Map<string, Difference>;
}

/** How one thing differs. The fields beside the id are for the repair. */
export interface Difference {
  id: string;
  how: 'missing' | 'behind' | 'ahead' | 'left over' | 'lost';
  [field: string]: unknown;
}

/** Something that must be equal in two places, and what makes it so again. Both may run at any time, beside running services. */
export interface Check {
  /** Whose data are repaired, or whose copies they are. */
  service: string;
  what: string;
  look(): Promise<Sight>;
  repair(differences: readonly Difference[]): Promise<void>;
}

/** A sight from differences; two of them with the same id and target are one. */
export function sight(compared: number, found: readonly Difference[]): Sight {
  return { compared, differences: new Map(found.map((one) => [JSON.stringify(one), one])) };
}

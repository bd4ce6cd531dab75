import type { SubjectType } from '#libs/contracts';
import type { Evidence, Features } from '../index/features.js';

/**
 * What is counted: pieces of evidence that have a stem (`word`) or, being short, a word as it is written (`form`), by language; subjects that show a
 * competence, by type; and of each kind how many there are in all (`pieces`, `named`, `subjects`).
 */
export type CountKind = 'word' | 'form' | 'concept' | 'pieces' | 'named' | 'subjects';

export interface Count {
  kind: CountKind;
  /** A language, or a type of subject. */
  scope: string;
  key: string;
  holders: number;
}

/** Sums of counts. What was there before a change is taken away, what is there after it added. */
export class Counts {
  private readonly sums = new Map<string, Count>();

  add(type: SubjectType, features: Features | null | undefined, sign: 1 | -1 = 1): this {
    if (!features) return this;
    for (const piece of [...features.evidence, ...features.seeks]) this.addPiece(piece, sign);
    this.count('subjects', type, '', sign);
    for (const id of new Set(features.evidence.flatMap((piece) => piece.concepts.map((concept) => concept.id))))
      this.count('concept', type, id, sign);
    return this;
  }

  /** What does not add up to nothing, in a fixed order, so that two writers never wait for each other in a circle. */
  changes(): Count[] {
    return [...this.sums]
      .filter(([, count]) => count.holders !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, count]) => count);
  }

  private addPiece({ lang, stems, forms }: Evidence, sign: number): void {
    this.count('pieces', lang, '', sign);
    for (const [stem] of stems) this.count('word', lang, stem, sign);
    if (!forms) return;
    this.count('named', lang, '', sign);
    for (const form of new Set(forms)) this.count('form', lang, form, sign);
  }

  private count(kind: CountKind, scope: string, key: string, holders: number): void {
    const id = `${kind} ${scope} ${key}`;
    const known = this.sums.get(id);
    if (known) known.holders += holders;
    else this.sums.set(id, { kind, scope, key, holders });
  }
}

import { gramsOf } from '#libs/competences';

/** Below this two words have letters in common by chance. */
const LEAST = 0.35;

/** Words found by their letters: the cosine of their groups of three and four letters, weighted by how rare these are. */
export class FormIndex {
  private readonly grams: Uint32Array[];
  private readonly holders = new Map<number, number[]>();
  private readonly norms: Float32Array;

  constructor(private readonly forms: readonly string[]) {
    this.grams = forms.map((form) => gramsOf(form));
    this.grams.forEach((grams, at) => {
      for (const gram of grams) {
        const known = this.holders.get(gram);
        if (known) known.push(at);
        else this.holders.set(gram, [at]);
      }
    });
    this.norms = Float32Array.from(this.grams, (grams) => this.norm(grams));
  }

  get size(): number {
    return this.forms.length;
  }

  /** The likest words, the likest first; ties in the order of the alphabet. */
  alike(folded: string, limit: number): { form: string; likeness: number }[] {
    const grams = gramsOf(folded);
    const dots = new Map<number, number>();
    for (const gram of grams) {
      const worth = this.worth(gram);
      for (const at of this.holders.get(gram) ?? []) dots.set(at, (dots.get(at) ?? 0) + worth);
    }
    const norm = this.norm(grams);
    const found: { form: string; likeness: number }[] = [];
    for (const [at, dot] of dots) {
      const form = this.forms[at]!;
      const likeness = dot / (norm * this.norms[at]!);
      if (likeness >= LEAST && form !== folded) found.push({ form, likeness });
    }
    return found.sort((a, b) => b.likeness - a.likeness || (a.form < b.form ? -1 : 1)).slice(0, limit);
  }

  // The square of the rarity: both words weigh the group by it.
  private worth(gram: number): number {
    return Math.log(1 + this.forms.length / (1 + (this.holders.get(gram)?.length ?? 0))) ** 2;
  }

  private norm(grams: Uint32Array): number {
    let sum = 0;
    for (const gram of grams) sum += this.worth(gram);
    return Math.sqrt(sum) || 1;
  }
}

import type { ReferenceConcept, ReferenceKind } from '#libs/competences';
import type { Lang } from '#libs/contracts';

/** Concepts of one classification while its files are read: each file adds labels of its language, or what is wider. */
export class ConceptDrafts {
  private readonly drafts = new Map<string, ReferenceConcept>();

  has(id: string): boolean {
    return this.drafts.has(id);
  }

  /** The concept with this id, made when it is new. */
  concept(id: string, kind: ReferenceKind): ReferenceConcept {
    let draft = this.drafts.get(id);
    if (!draft) {
      draft = { id, kind, broader: [], labels: { it: [], en: [], de: [], fr: [] } };
      this.drafts.set(id, draft);
    }
    return draft;
  }

  /** Adds labels behind those that are there; blank and repeated ones go. */
  addLabels(concept: ReferenceConcept, lang: Lang, labels: readonly string[]): void {
    const known = concept.labels[lang];
    for (const label of labels) {
      const clean = label.replace(/\s+/g, ' ').trim();
      if (clean && !known.includes(clean)) known.push(clean);
    }
  }

  addBroader(concept: ReferenceConcept, id: string): void {
    if (id !== concept.id && !concept.broader.includes(id)) concept.broader.push(id);
  }

  /** The concepts ordered by id, without those that are not wanted; ids of wider ones that nobody described go. */
  finish(without: ReadonlySet<string>): ReferenceConcept[] {
    const kept = [...this.drafts.values()].filter(({ id }) => !without.has(id));
    const ids = new Set(kept.map(({ id }) => id));
    return kept
      .map((concept) => ({ ...concept, broader: concept.broader.filter((id) => ids.has(id)).sort() }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

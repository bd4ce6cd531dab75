/** Everything that a person may want to turn in the ranking. Change `version` with any figure, and look at the diff of `score.golden.json`. */
export const WEIGHTS = {
  version: '2026.4',
  /** Greatest share of each part in the score; together 1. */
  parts: { competences: 0.5, text: 0.3, sector: 0.07, territory: 0.06, language: 0.04, availability: 0.03 },
  /** Up to so many words a work or a text is as good as a name; beyond, letters and imported concepts count less with the square of its length. */
  name: 4,
  /** Share of letters in the likeness of short evidence; the rest is words. */
  letters: 0.5,
  /** Share of what both speak of in an imported taxonomy, where there is one. */
  related: 0.6,
  /** The same for texts of the need's language, which say more themselves. */
  relatedText: 0.25,
  /** What the own competences still count where an imported taxonomy says the same more finely. */
  besideReference: 0.4,
  /** What another name of a thing counts beside the first. */
  alias: 0.8,
  /** A piece of evidence less near than this says nothing. */
  textLeast: 0.02,
  /** How much less each further piece of evidence adds to the text part than the one before. */
  furtherEvidence: 0.8,
  /** Text value is 1 − e^(−steepness · sum of the pieces' nearness): no evidence ever exhausts it. */
  textSteepness: 1.9,
  /** A word that evidence in another language meets by its competence. */
  translated: 0.8,
  /** Evidence that shows a competence this surely meets its words in full. */
  surelyShown: 0.6,
  /** Value of a competence held with strength s is (1 − e^(−s · this)) / (1 − e^(−this)): a level that is declared counts only a little more than work that shows it. */
  competenceSteepness: 1,
  /** Rarity of a competence in the index to this power: of two that are asked for together the rarer one must not count for both. */
  conceptRarity: 0.5,
  /** Nearness of another competence (.6 its parent or child, .3 of one group) to this power: kinship is a hint, not the competence. */
  nearnessPower: 2,
  /** The competence part counts in full where the competences explain this share of the need's words, and less below: the rest is the words' to say. */
  explained: 0.6,
  /** Share of the competence part that a partner earns by seeking what the asking firm offers. */
  complement: 0.2,
  /** The same where two firms are compared as they are, without a need in words: either direction alone makes a partner. */
  bothWays: 0.4,
  /** Least share of competences and text (0..1) for a subject to be in an answer at all. */
  floor: 0.12,
  /** And least share of the best subject's relevance: beside somebody who fits, a single word in common is no answer. */
  tail: 0.3,
  /** Who holds with this strength a competence asked for with this weight is an answer, however well others cover the whole. */
  firm: { strength: 0.8, asked: 0.6 },
  /** From this share on, context (sector, place, language, availability) counts in full; below it in proportion. */
  fullContext: 0.4,
  /**
   * Shares of the availability part. `reliable`: kept for who answered at least `leastAsked` requests and `leastRate` of them in time. `busy`: taken away from who
   * has `busyFrom` or more of the requests in hand that they take at a time, in proportion; at the cap all of it goes.
   */
  availability: { reliable: 0.3, leastAsked: 3, leastRate: 0.75, busy: 0.3, busyFrom: 0.5 },
  /** Nearness of sectors below this earns nothing: the section alone (all of manufacturing) says little. */
  sectorFloor: 0.5,
  /** Stored suggestions: least score of each kind (a firm earns nothing for availability, and in full only where it fits both ways), and how many of each. */
  suggestion: { experts: 0.22, partners: 0.17, count: 5 },
} as const;
/** As above, or with the shares of a learned version. */
export type Weights = Omit<typeof WEIGHTS, 'version' | 'parts'> & {
  readonly version: string;
  readonly parts: Readonly<Record<keyof (typeof WEIGHTS)['parts'], number>>;
};

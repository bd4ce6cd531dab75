/** An answer that learning may use: the values of the parts (0..1, in the order of the parts), and how well it was judged. */
export interface Answer {
  need: string;
  /** Answers are compared within one list only: experts with experts, firms with firms. */
  list: string;
  id: string;
  label: number;
  values: readonly number[];
}

/** That one answer was judged better than another to the same need: the difference of their values, and what the comparison counts. */
export interface Comparison {
  difference: readonly number[];
  weight: number;
}

/** The answers of each need with something to compare, in an order of its own. */
export function needsOf(answers: readonly Answer[]): Map<string, Answer[][]> {
  const lists = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = `${answer.need} ${answer.list}`;
    lists.set(key, [...(lists.get(key) ?? []), answer]);
  }
  const needs = new Map<string, Answer[][]>();
  for (const key of [...lists.keys()].sort()) {
    const list = lists.get(key)!;
    if (list.every((one) => one.label === list[0]!.label)) continue;
    const { need } = list[0]!;
    needs.set(need, [...(needs.get(need) ?? []), list]);
  }
  return needs;
}

/**
 * All comparisons of some needs. Each need counts 1 in all, however many answered it: ten answers to one need say less than ten needs do.
 * Within it a comparison counts by the difference of the judgements.
 */
export function comparisonsOf(needs: Iterable<readonly Answer[][]>): Comparison[] {
  const all: Comparison[] = [];
  for (const lists of needs) {
    const own: Comparison[] = [];
    for (const list of lists)
      for (const better of list)
        for (const worse of list)
          if (better.label > worse.label)
            own.push({
              difference: better.values.map((value, at) => value - worse.values[at]!),
              weight: better.label - worse.label,
            });
    const total = own.reduce((sum, one) => sum + one.weight, 0);
    for (const one of own) all.push({ ...one, weight: one.weight / total });
  }
  return all;
}

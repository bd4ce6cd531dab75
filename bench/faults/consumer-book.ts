/** How one consumer stands: every event it must hear has become an effect or a dead letter, once. */
export interface ConsumerBook {
  consumer: string;
  events: number;
  effects: number;
  deadLetters: number;
  lost: number;
  /** What is heard without having been told. */
  doubled: number;
}

/** Ids, as the databases have them. */
export interface Entries {
  /** What it must hear. */
  events: readonly string[];
  /** What it must keep as dead letters. */
  planted: readonly string[];
  /** Its inbox, which also has its dead letters. */
  heard: readonly string[];
  dead: readonly string[];
}

/** Balances one consumer; a complaint for each thing that does not. */
export function consumerBook(
  consumer: string,
  { events, planted, heard, dead }: Entries,
): { book: ConsumerBook; complaints: string[] } {
  const all = new Set([...events, ...planted]);
  const [wrong, buried] = [new Set(planted), new Set(dead)];
  const effects = new Set(heard.filter((id) => !buried.has(id)));
  const lost = [...all].filter((id) => !effects.has(id) && !buried.has(id)).length;
  const foreign = [...effects].filter((id) => !all.has(id)).length;
  const complaints = [
    [lost, 'events lost'],
    [foreign, 'events heard that nobody told'],
    [dead.filter((id) => !wrong.has(id)).length, 'dead letters that were not planted'],
    [planted.filter((id) => !buried.has(id)).length, 'planted events that are no dead letters'],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${consumer}: ${count} ${what}`]));
  const book = { consumer, events: all.size, effects: effects.size, deadLetters: dead.length, lost, doubled: foreign };
  return { book, complaints };
}

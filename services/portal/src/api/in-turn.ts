const turns = new Map<string, Promise<unknown>>();

/** Does things to the same `thing` one after the other, in the order in which they were wished for: each change names the revision that the one before it made. */
export function inTurn<T>(thing: string, act: () => Promise<T>): Promise<T> {
  const mine = (turns.get(thing) ?? Promise.resolve()).then(act, act);
  turns.set(thing, mine);
  const over = () => {
    if (turns.get(thing) === mine) turns.delete(thing);
  };
  mine.then(over, over);
  return mine;
}

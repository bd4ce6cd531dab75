import { type Actor, actsForThePlatform } from '#libs/contracts';

/** The territories whose experts or firms an actor oversees, for the parameter of `overseen`; none for everybody else. The same rule as `oversees` of the contracts. */
export function overseenBy(actor: Actor, kind: 'firm' | 'expert'): readonly string[] {
  if (actsForThePlatform(actor)) return ['*'];
  if (actor.kind === 'coordinator') return actor.territories;
  return actor.kind === 'facilitator' && kind === 'firm' ? actor.territories : [];
}

/** SQL: whether `place` (an expression of a territory, else a country) lies in the territories of the parameter. */
export function overseen(place: string, parameter: string): string {
  return `EXISTS (SELECT 1 FROM unnest(CAST(${parameter} AS text[])) AS own
    WHERE own = '*' OR starts_with(${place}, own) OR starts_with(own, ${place}))`;
}

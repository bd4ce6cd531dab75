import type { Lang, PreferenceChoice } from '#libs/contracts';
import type { Neighbours } from '../../services/notifications/test/neighbours.js';

/** Somebody invented who is told of things, and how they want it. */
export interface Person {
  kind: 'firm' | 'expert';
  id: string;
  choice: PreferenceChoice;
  /** Path of their own webhook. */
  hook?: string;
  /** What they are to be told of, by the word in the need's title. Each at most once. */
  needs: Set<string>;
}

export interface World {
  people: Person[];
  /** Events that tell of the suggestions, in the order in which they happen. */
  happenings: (() => Promise<unknown>)[];
  notices: number;
}

const LANGS: Lang[] = ['it', 'en', 'de', 'fr'];
const ZONES = ['Europe/Rome', 'Europe/Zurich', 'Europe/London', 'America/New_York'];
const EXPERTS_A_NEED = 4;

/** An hour of a wide day, so that a run begins on a Monday whatever the day is. Rome's winter time would do as well: hours are checked where people are. */
export function mondayAtNine(now: Date): Date {
  const monday = new Date(now);
  monday.setUTCHours(8, 0, 0, 0);
  do monday.setUTCDate(monday.getUTCDate() + 1);
  while (monday.getUTCDay() !== 1);
  return monday;
}

/** People with mixed preferences and what happens to them: half firms, half experts; each need has four experts and its owner to tell. */
export function makeWorld(
  neighbours: Neighbours,
  size: { people: number; notices: number },
  start: Date,
  random: () => number,
): World {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const person = (kind: Person['kind'], index: number): Person => ({
    kind,
    id: kind === 'firm' ? neighbours.firm(pick(LANGS)) : neighbours.expert(pick(LANGS)),
    choice: choiceOf(pick, start),
    ...(index % 10 === 0 && { hook: `/${kind}-${index}` }),
    needs: new Set(),
  });
  const firms = Array.from({ length: size.people / 2 }, (_, index) => person('firm', index));
  const experts = Array.from({ length: size.people / 2 }, (_, index) => person('expert', index));
  const happenings: World['happenings'] = [];
  for (let n = 0; n < size.notices / (EXPERTS_A_NEED + 1); n++) {
    const word = `N${String(n).padStart(6, '0')}N`;
    const firm = firms[n % firms.length]!;
    const need = neighbours.need(firm.id, word);
    firm.needs.add(word);
    const chosen = new Set<Person>();
    while (chosen.size < EXPERTS_A_NEED) chosen.add(pick(experts));
    for (const expert of chosen) {
      expert.needs.add(word);
      happenings.push(() => neighbours.made(need, expert.id));
    }
  }
  return { people: [...firms, ...experts], happenings, notices: size.notices };
}

function choiceOf(pick: <T>(items: readonly T[]) => T, start: Date): PreferenceChoice {
  const email = pick(['now', 'now', 'daily', 'weekly', 'never'] as const);
  const webhook = pick(['now', 'now', 'now', 'never'] as const);
  const wednesday = new Date(start.getTime() + 40 * 3_600_000).toISOString();
  return {
    rhythms: { suggested: { email, webhook }, 'suggestions-ready': { email, webhook } },
    quietHours: pick([
      { from: '20:00', to: '07:00' },
      { from: '22:00', to: '06:00' },
      { from: '12:00', to: '14:00' },
      null,
    ]),
    timeZone: pick(ZONES),
    mailsPerDay: pick([1, 3, 6, 50]),
    pausedUntil: pick([null, null, null, null, null, null, null, null, null, wednesday]),
  };
}

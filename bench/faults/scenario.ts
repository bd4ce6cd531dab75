import { setTimeout as pause } from 'node:timers/promises';
import type { EngineName } from '#libs/engines';
import { eventually } from '#libs/testing';
import { mulberry32 } from '../network.js';
import { type Balance, Books, DRAIN_MS } from './books.js';
import { UNREACHABLE } from './health.js';
import { type Planted, plantMalformed } from './planting.js';
import { type Death, ENGINES, type Settings } from './settings.js';
import { World } from './world.js';
import { Writers, type WritersOptions } from './writers.js';

/** One way in which things go wrong. The writers run while `run` injects its faults; what it leaves broken it heals before it resolves. */
export interface Scenario {
  number: number;
  title: string;
  settings?: Settings | ((run: Run) => Settings);
  writers?: Partial<WritersOptions>;
  /** Lines of level error that this fault explains. */
  explained?: readonly RegExp[];
  run(bench: Bench): Promise<void>;
}

/** How the bench was called. */
export interface Run {
  writes: number;
  writers: number;
  seed: number;
  /** Fewer kills, so that the whole stays short. */
  short: boolean;
  say(line: string): void;
}

/** What a scenario came to. */
export interface Result {
  number: number;
  title: string;
  seconds: number;
  acknowledged: number;
  /** Requests that were answered 429, 5xx or not at all and were tried again. */
  retried: number;
  balance: Balance;
  /** Until everything had drained after the faults and the writers were done. */
  healMs: number;
  deaths: Death[];
  /** Figures that are asked for besides the books, in words. */
  notes: string[];
  /** Why it failed; empty when all is well. */
  broken: string[];
}

/** What a scenario works with. */
export class Bench {
  readonly random: () => number;
  readonly planted: Planted[] = [];
  readonly notes: string[] = [];
  readonly broken: string[] = [];

  constructor(
    readonly world: World,
    readonly books: Books,
    readonly writers: Writers,
    readonly run: Run,
  ) {
    this.random = mulberry32(run.seed);
  }

  /** Claims something besides the books; a claim that does not hold fails the scenario. */
  readonly claim = (what: string, holds: boolean): void => {
    if (!holds) this.broken.push(what);
  };

  note(line: string): void {
    this.notes.push(line);
    this.run.say(`    ${line}`);
  }

  /** Milliseconds in a range, by the seed. */
  between(from: number, to: number): number {
    return from + this.random() * (to - from);
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }

  /**
   * Does something `times` times, spread over the writing: each at its share of the acknowledged writes, plus a random moment.
   * Moments are chosen, not waited for: that is what a crash is.
   */
  async spread(times: number, act: (n: number) => Promise<void>): Promise<void> {
    for (let n = 0; n < times; n++) {
      await this.writers.until((n + 0.5) / (times + 1));
      await pause(this.between(0, 300));
      await act(n);
    }
  }

  /** Malformed messages, one of each kind for every consumer: dead letters from now on. */
  async plant(rounds = 1): Promise<void> {
    this.planted.push(...(await plantMalformed(this.books, rounds)));
  }
}

/** Gives the world a scenario is running in, so that Ctrl-C can stop it. */
export type Begun = (world: World) => void;

/** Runs one scenario in a world of its own, from the first write to the balance. */
export async function play(scenario: Scenario, run: Run, begun: Begun): Promise<Result> {
  const { number, title, explained = [] } = scenario;
  const settings = typeof scenario.settings === 'function' ? scenario.settings(run) : (scenario.settings ?? {});
  const from = Date.now();
  const world = await World.start(settings, begun);
  const books = new Books(world);
  try {
    const { writes, seed } = run;
    const writers = new Writers(world, { writes, seed, writers: run.writers, ...scenario.writers });
    const bench = new Bench(world, books, writers, run);
    run.say(`  ${number}. ${title}: started after ${seconds(from)} s`);
    await bench.plant();
    const writing = writers.run();
    try {
      await scenario.run(bench);
      await writing;
    } finally {
      writers.stop();
      world.unfreeze();
    }
    run.say(`    ${writers.done} writes acknowledged after ${seconds(from)} s`);
    await world.untilReady(undefined, 120_000);
    let healMs = await books.drain();
    let balance = await books.balance(writers.acknowledged, bench.planted);
    // The last effects may come from work that shows in no queue for a moment.
    for (let looks = 0; balance.broken.length > 0 && looks < 4 && healMs < DRAIN_MS; looks++, healMs += 5000) {
      await pause(5000);
      balance = await books.balance(writers.acknowledged, bench.planted);
    }
    const errors = world.errors([/ is a dead letter, /, ...explained]);
    const broken = [
      ...balance.broken,
      ...bench.broken,
      ...(healMs > DRAIN_MS ? [`not drained within ${DRAIN_MS / 1000} s`] : []),
      ...listed('writes were given up', writers.refused),
      ...listed('revisions fell', writers.falls),
      ...listed('unexplained lines in the logs', errors),
    ];
    if (broken.length > 0) for (const line of world.said.slice(-40)) run.say(`      ${line}`);
    return {
      ...{ number, title, seconds: seconds(from), acknowledged: writers.done, balance, healMs, deaths: world.deaths },
      retried: [...writers.tries].reduce((sum, [status, n]) => sum + (status === 412 || status === -1 ? 0 : n), 0),
      ...{ notes: bench.notes, broken },
    };
  } finally {
    await books.close();
    await world.stop();
  }
}

/** Kills one after another of these while the writing goes on, whether the one before is back or not; resolves when all are. */
export async function killInTurn(bench: Bench, times: number, victims: readonly string[]): Promise<void> {
  const kills: Promise<unknown>[] = [];
  await bench.spread(times, async (n) => {
    const kill = bench.world.kill(victims[n % victims.length]!);
    // Handled below, and not to be reported as nobody's before.
    kill.catch(() => {});
    kills.push(kill);
  });
  await Promise.all(kills);
}

/**
 * Kills an engine several times. No service may end because of it, and each is ready within 10 s after the engine is back; a write that is
 * tried again succeeds (that none is given up is among the books). At last the engine is the last to start.
 */
export async function engineDies(bench: Bench, engine: EngineName, times: number): Promise<void> {
  const { world } = bench;
  const services = world.names.filter((name) => !ENGINES.some((one) => one === name));
  let pids = services.map((name) => world.pid(name));
  let slowest = 0;
  await bench.spread(times + 1, async (n) => {
    if (n < times) await world.kill(engine);
    else {
      await world.halt(engine);
      await Promise.all(services.map((name) => world.end(name)));
      await soon(`every service runs without ${engine}`, 60_000, async () =>
        (await Promise.all(services.map((name) => world.problems(name)))).every(([problem]) => problem !== UNREACHABLE),
      );
      pids = services.map((name) => world.pid(name));
      await world.resume(engine);
    }
    const ms = await world.untilReady(services, 60_000);
    slowest = Math.max(slowest, ms);
    bench.claim(`ready ${(ms / 1000).toFixed(1)} s after ${engine} was back`, ms <= 10_000);
    services.forEach((name, at) => {
      bench.claim(`${name} ended because ${engine} was away`, world.pid(name) === pids[at]);
    });
  });
  bench.note(`all services ready at most ${(slowest / 1000).toFixed(1)} s after ${engine} was back, once as the last`);
}

/** How often a service ended by its own hand: by a rehearsed death. */
export function ownDeaths({ world }: Bench): number {
  const all = world.said.filter((line) => / ended \(SIGKILL\)/.test(line)).length;
  return all - world.deaths.filter(({ signal }) => signal === 'SIGKILL').length;
}

/** Waits until a condition holds; a scenario fails with `what` when it does not within the time. */
export async function soon(what: string, timeout: number, check: () => Promise<boolean> | boolean): Promise<number> {
  const from = Date.now();
  await eventually(
    async () => {
      if (!(await check())) throw new Error(what);
    },
    { timeout, every: 50 },
  );
  return Date.now() - from;
}

const seconds = (from: number): number => Math.round((Date.now() - from) / 1000);
const listed = (what: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${lines.length} ${what}:\n      ${lines.slice(0, 8).join('\n      ')}`];

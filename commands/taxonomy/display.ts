import { Presets, SingleBar } from 'cli-progress';

/** How far a long work is: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  start(what: string, total: number): void;
  step(amount: number): void;
  end(): void;
}

export function progressOn(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  return {
    start(what, total) {
      const format = `${what} {bar} {percentage} % · {duration_formatted}`;
      bar = new SingleBar(
        { stream, format, noTTYOutput: true, notTTYSchedule: 2000, hideCursor: true },
        Presets.shades_classic,
      );
      bar.start(total, 0);
    },
    step: (amount) => bar?.increment(amount),
    end: () => bar?.stop(),
  };
}

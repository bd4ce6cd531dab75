import { Presets, SingleBar } from 'cli-progress';

/** How far a work of several steps is: a bar on a terminal, nothing elsewhere. */
export interface Bar {
  step(done: number, of: number, what: string): void;
  end(): void;
}

export function barOn(stream: NodeJS.WriteStream): Bar {
  const bar = new SingleBar(
    { stream, format: '{bar} {value}/{total} {what}', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    step: (done, of, what) => {
      if (!started) bar.start(of, 0, { what });
      started = true;
      bar.update(done, { what });
    },
    end: () => bar.stop(),
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { endLeftover, forgetOwner, noteOwner } from './leftover.js';
import type { ManagedProcess } from './managed-process.js';

/** One engine that can be driven: a process of this machine or a container. */
export interface Engine {
  url: string;
  monitor?: string;
  pid(): number | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Stops it for good and leaves nothing running; a container's data go with it. */
  remove(): Promise<void>;
  onUnexpectedEnd(listener: (how: string) => void): void;
}

/** An engine as a program of this machine. `dir` is its data directory, `gentle` the signal for an orderly end. */
export interface LocalEngine {
  process: ManagedProcess;
  url: string;
  monitor?: string;
  dir: string;
  gentle: NodeJS.Signals;
  /** Told why a start failed; answers whether to try once more, after having put right what it can. */
  tryAgain?: (error: Error) => boolean;
}

/** Drives a program of this machine: one server on a data directory at a time, whatever an earlier run left behind. */
export function driven(made: LocalEngine): Engine {
  const { process: child, url, monitor, dir, gentle, tryAgain = () => false } = made;
  const startOnce = async () => {
    const ready = child.start();
    if (child.pid !== undefined) noteOwner(dir, child.pid);
    await ready;
  };
  const stop = async () => {
    await child.stop();
    forgetOwner(dir);
  };
  return {
    url,
    monitor,
    pid: () => child.pid,
    start: async () => {
      await endLeftover(dir, gentle);
      for (let attempt = 1; ; attempt++) {
        try {
          return await startOnce();
        } catch (error) {
          if (attempt === 20 || !tryAgain(error as Error)) throw error;
          await pause(250);
        }
      }
    },
    stop,
    remove: stop,
    kill: (signal) => child.kill(signal),
    onUnexpectedEnd: (listener) => child.onUnexpectedEnd(listener),
  };
}

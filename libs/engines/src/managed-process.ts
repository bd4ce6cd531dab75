import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Waits until its standard input closes (its parent is gone, however it went) and then ends the process that it guards.
const GUARD = `while read -r _; do :; done
kill -s "$2" "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ "$n" -lt 50 ]; do sleep 0.1; n=$((n+1)); done
kill -s KILL "$1" 2>/dev/null`;

const LOG_LIMIT = 20 * 1024 * 1024;

/** How to run a process and how to know that it is ready. Times in milliseconds. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** The system user to run as; the own one when absent. */
  user?: { uid: number; gid: number };
  /** Standard output and error are appended to this file. */
  logFile: string;
  /** The signal that asks it to end in good order. */
  gentle: NodeJS.Signals;
  /** Polled until it answers true; an error counts as "not yet". */
  ready: () => Promise<boolean>;
  startWithin?: number;
  stopWithin?: number;
  /** Where its health and metrics are, if it has such. */
  internal?: string;
}

/**
 * A child process that is waited for until ready, can be stopped, killed and started again, and never outlives this process:
 * a guard beside it ends it even after `kill -9` of the parent.
 */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private expected = false;
  private readonly listeners: ((how: string) => void)[] = [];

  constructor(private readonly spec: ProcessSpec) {}

  get name(): string {
    return this.spec.name;
  }

  /** Where its health and metrics are. */
  get internal(): string | undefined {
    return this.spec.internal;
  }

  /** The id of the running process; undefined when it does not run. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Calls the listener when the process ends although nobody here asked for it; `how` is its exit code or signal. */
  onUnexpectedEnd(listener: (how: string) => void): void {
    this.listeners.push(listener);
  }

  /** Starts the process and resolves when it is ready; rejects with the end of its log when it ends before or takes too long. */
  async start(): Promise<void> {
    if (this.child) throw new Error(`${this.name} runs already.`);
    const { command, args, env, cwd, user, logFile, startWithin = 30_000 } = this.spec;
    const log = openLog(logFile);
    const from = statSync(logFile).size;
    this.expected = true; // Until it is ready, its end is reported by the rejection.
    const child = spawn(command, args, { env, cwd, ...user, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    let how: string | undefined;
    this.child = child;
    this.ended = new Promise((resolve) => {
      const end = (what: string) => {
        if (how !== undefined) return;
        how = what;
        this.child = undefined;
        resolve();
        if (!this.expected) for (const listener of this.listeners) listener(what);
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    });
    child.unref();
    this.guard(child);
    const deadline = Date.now() + startWithin;
    while (!(await this.spec.ready().catch(() => false))) {
      if (how !== undefined) throw new Error(`${this.name} did not start (${how}).${logTail(logFile, from)}`);
      if (Date.now() > deadline) {
        await this.stop();
        throw new Error(`${this.name} was not ready within ${startWithin / 1000} s.${logTail(logFile, from)}`);
      }
      await pause(25);
    }
    // Something else may have answered in its place, for instance on a port that it could not get.
    if (how !== undefined) throw new Error(`${this.name} did not start (${how}).${logTail(logFile, from)}`);
    this.expected = false;
  }

  /** Asks the process to end, insists after `stopWithin`, and resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.expected = true;
    child.kill(this.spec.gentle);
    const giveUp = setTimeout(() => child.kill('SIGKILL'), this.spec.stopWithin ?? 10_000);
    await this.ended;
    clearTimeout(giveUp);
  }

  /** Sends a signal, SIGKILL unless told, and resolves when the process is gone; it stays down until `start()`. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.expected = true;
    this.child?.kill(signal);
    await this.ended;
  }

  /** Sends a signal that need not end the process (SIGSTOP, SIGCONT). */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  private guard(child: ChildProcess): void {
    if (child.pid === undefined) return;
    const guard = spawn(
      '/bin/sh',
      ['-c', GUARD, 'ceresio-guard', String(child.pid), this.spec.gentle.replace('SIG', '')],
      {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    guard.unref();
    (guard.stdin as unknown as { unref(): void }).unref();
    guard.stdin.on('error', () => {});
    // Killed rather than closed: a closed one would signal a process id that may belong to somebody else by then.
    child.once('exit', () => guard.kill('SIGKILL'));
    guard.once('exit', () => {
      if (this.child === child) this.guard(child);
    });
  }
}

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function logTail(file: string, from: number): string {
  const lines = readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-12);
  return `\nThe end of ${file}:\n  ${lines.join('\n  ')}`;
}

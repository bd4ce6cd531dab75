import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, testDirectory } from '#libs/testing';
import { projectRoot } from './directory.js';
import type { Run } from './start/run-file.js';

const STARTED = { timeout: 120_000, every: 100 };
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

/** One start in a directory of its own. */
class Start {
  readonly child: ChildProcess;
  said = '';

  constructor(
    readonly dir: string,
    command: string[] = [process.execPath, 'dist/commands/start.js', '--no-sample'],
  ) {
    const { NODE_OPTIONS: _, DATABASE_URL: __, NATS_URL: ___, MEILI_URL: ____, ...env } = process.env;
    const [program = '', ...args] = command;
    this.child = spawn(program, args, {
      cwd: projectRoot(),
      env: { ...env, CERESIO_DIR: dir, NODE_ENV: 'development' },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (data) => (this.said += data));
  }

  run(): Run {
    return JSON.parse(readFileSync(join(this.dir, 'run.json'), 'utf8')) as Run;
  }

  /** Resolves when everything is ready; rejects with what was said when it ended instead. */
  ready(): Promise<Run> {
    return Promise.race([
      eventually(() => this.run(), STARTED),
      this.ended().then(() => Promise.reject(new Error(this.said))),
    ]);
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    return ((await once(this.child, 'exit')) as [number | null])[0];
  }
}

describe('Starting the platform', () => {
  const starts: Start[] = [];
  const start = (...args: ConstructorParameters<typeof Start>) => {
    starts.push(new Start(...args));
    return starts.at(-1)!;
  };
  const folder = () => join(testDirectory('start'), 'ceresio');

  afterEach(async () => {
    for (const one of starts.splice(0)) {
      one.child.kill('SIGINT');
      await one.ended();
    }
  });

  it('says what is wrong with its options, without starting anything', async () => {
    const dir = folder();
    const wrong = start(dir, [process.execPath, 'dist/commands/start.js', '--port', 'x']);
    expect(await wrong.ended()).toBe(2);
    expect(wrong.said).toContain('--port x is not a port');
    expect(existsSync(dir)).toBe(false);
  });

  it('runs every service as a process of its own, refuses a second start, and ends by a signal to npm alone', async () => {
    const dir = folder();
    // What an earlier run left that was killed.
    const stale = start(dir, ['mkdir', '-p', dir]);
    await stale.ended();
    writeFileSync(join(dir, 'run.json'), '{"gateway":"http://127.0.0.1:1","processes":[]}');

    const first = start(dir, ['npm', 'run', '--silent', 'start', '--ignore-scripts', '--', '--no-sample']);
    await eventually(() => {
      if (!existsSync(join(dir, 'run.json')) || first.run().gateway === 'http://127.0.0.1:1')
        throw new Error(first.said);
    }, STARTED);
    const run = first.run();
    const discovered = await (await fetch(`${run.issuer}/.well-known/openid-configuration`)).json();
    expect(discovered).toMatchObject({ issuer: run.issuer });
    expect(run.processes.map(({ name }) => name)).toEqual([
      'supervisor',
      'postgres',
      'nats',
      'meilisearch',
      'issuer',
      'companies',
      'experts',
      'matching',
      'cooperation',
      'notifications',
      'access',
      'gateway',
    ]);
    expect((await fetch(`${run.gateway}/health/ready`)).status).toBe(200);
    expect((await fetch(`${run.mail}/api/v1/messages`)).status).toBe(200);

    const second = start(dir);
    expect(await second.ended()).toBe(1);
    expect(second.said).toContain('runs already');
    expect(isAlive(run.processes[0]!.pid)).toBe(true);

    first.child.kill('SIGINT');
    await first.ended();
    await eventually(() => expect(run.processes.filter(({ pid }) => isAlive(pid))).toEqual([]), { timeout: 15_000 });
    expect(existsSync(join(dir, 'run.json'))).toBe(false);
  });

  it('restarts who dies, and leaves nothing behind when it is killed itself', async () => {
    const platform = start(folder());
    const before = await platform.ready();
    const pidOf = (name: string) => platform.run().processes.find((one) => one.name === name)?.pid;
    for (const name of ['gateway', 'nats']) process.kill(pidOf(name)!, 'SIGKILL');
    await eventually(async () => {
      for (const name of ['gateway', 'nats']) {
        expect(pidOf(name)).toBeDefined();
        expect(pidOf(name)).not.toBe(before.processes.find((one) => one.name === name)?.pid);
      }
      expect((await fetch(`${before.gateway}/health/ready`)).status).toBe(200);
    }, STARTED);
    expect(platform.said).toContain('gateway ended (SIGKILL); starting it again');

    const { processes } = platform.run();
    platform.child.kill('SIGKILL');
    await platform.ended();
    await eventually(() => expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]), { timeout: 15_000 });

    // What it could not take away does not stop the next start.
    const next = start(platform.dir);
    await eventually(() => expect(next.run().processes[0]?.pid).toBe(next.child.pid), STARTED);
  });
});

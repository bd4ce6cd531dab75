import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { eventually } from '#libs/testing';

const root = join(import.meta.dirname, '..');

/** What `npm start` writes once everything is ready. */
export interface Run {
  gateway: string;
  mail: string;
  engines: { postgres: string; nats: string; meilisearch: string };
  processes: { name: string; pid: number; internal?: string }[];
}

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** The whole platform as `npm start` runs it, in a folder and on ports of its own. */
export interface Platform {
  dir: string;
  run(): Run;
  /** A token for `firm:<id>`, `expert:<id>`, `coordinator` or `admin`, as the token command prints it. */
  token(as: string): Promise<string>;
  /** One request as somebody; `body` is sent as JSON. */
  ask<T = Record<string, never>>(
    as: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  /** Kills one process by SIGKILL and waits until the supervisor has another one in its place. */
  kill(name: string): Promise<void>;
  /** What the supervisor has said so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts `npm start`'s own program. `args` are its options; without them there is no sample network. */
export async function startPlatform(
  args: string[] = ['--no-sample'],
  env: Record<string, string> = {},
): Promise<Platform> {
  const dir = join(await mkdtemp(join(tmpdir(), 'ceresio-platform-')), 'ceresio');
  const environment = { ...withoutEngines(process.env), NODE_ENV: 'development', ...env, CERESIO_DIR: dir };
  const child = spawn(process.execPath, [join(root, 'dist/commands/start.js'), ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  const run = () => JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as Run;
  const stop = async () => {
    await ended(child);
    await rm(join(dir, '..'), { recursive: true, force: true });
  };
  const early = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  early.catch(() => {});
  try {
    await Promise.race([eventually(run, { timeout: 120_000, every: 100 }), early]);
  } catch (error) {
    await stop();
    throw new Error(`The platform did not start:\n${said}`, { cause: error });
  }
  const tokens = new Map<string, Promise<string>>();
  const token = (as: string) => {
    if (!tokens.has(as)) {
      const args = [join(root, 'dist/commands/token.js'), '--as', as];
      tokens.set(
        as,
        promisify(execFile)(process.execPath, args, { cwd: root, env: environment }).then(({ stdout }) =>
          stdout.trim(),
        ),
      );
    }
    return tokens.get(as)!;
  };
  return {
    dir,
    run,
    token,
    output: () => said,
    stop,
    ask: asking(run, token),
    kill: async (name) => {
      const pidOf = () => run().processes.find((process) => process.name === name)?.pid;
      const old = pidOf();
      if (!old) throw new Error(`${name} is not among the processes`);
      process.kill(old, 'SIGKILL');
      await eventually(
        () => {
          const now = pidOf();
          if (!now || now === old) throw new Error(`${name} (${old}) has not been started again`);
        },
        { timeout: 30_000 },
      );
    },
  };
}

/** Requests as somebody, with the tokens that `token` gives. */
export function asking(run: () => Run, token: (as: string) => Promise<string>): Platform['ask'] {
  return async (as, method, path, body, headers = {}) => {
    const response = await fetch(run().gateway + path, {
      method,
      headers: {
        authorization: `Bearer ${await token(as)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  };
}

/** The engines of the test run are not for a platform that must start its own. */
function withoutEngines(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, NATS_URL: __, MEILI_URL: ___, MEILI_MASTER_KEY: ____, NODE_OPTIONS: _____, ...rest } = env;
  return rest;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await exit;
}

/** The secrets of a platform, to look into its databases as its operator would. */
export async function databaseUrl(platform: Platform, service: string): Promise<string> {
  const secrets = JSON.parse(await readFile(join(platform.dir, 'secrets.json'), 'utf8')) as {
    servicePasswords: Record<string, string>;
  };
  const url = new URL(platform.run().engines.postgres);
  url.username = service;
  url.password = secrets.servicePasswords[service] ?? '';
  url.pathname = `/${service}`;
  return url.href;
}

/** How one more copy of a service reaches the broker of a platform. */
export async function natsEnvironment(platform: Platform, service: string): Promise<Record<string, string>> {
  const { natsSeeds } = JSON.parse(await readFile(join(platform.dir, 'secrets.json'), 'utf8')) as {
    natsSeeds: Record<string, string>;
  };
  return {
    NATS_URL: `nats://${new URL(platform.run().engines.nats).host}`,
    NATS_NKEY_SEED: natsSeeds[service] ?? '',
    NATS_EVENTS_NKEY_SEED: natsSeeds[`${service}-events`] ?? '',
  };
}

/** POSTs with an Idempotency-Key until the answer is 2xx, as a patient client would: a dead process is no reason to give up. */
export async function untilAnswered(
  platform: Platform,
  as: string,
  path: string,
  body: unknown,
  key: string,
): Promise<{ id: string }> {
  const refused: string[] = [];
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      const answer = await platform.ask<{ id: string }>(as, 'POST', path, body, { 'idempotency-key': key });
      if (answer.status < 300) return answer.body;
      refused.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      if (answer.status < 500) break;
    } catch (error) {
      refused.push(String(error));
    }
    await pause(100);
  }
  throw new Error(`${path} (${key}) was never accepted: ${refused.slice(-3).join(' | ')}`);
}

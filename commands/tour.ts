import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dataDirectory } from './directory.js';
import { localToken, readLocalIssuer } from './issuer/local-issuer.js';
import type { Run } from './start/run-file.js';
import { play } from './tour/story.js';

const HELP = `Plays the story of a need that is told and answered, against the platform that runs here (npm start), and prints each step.

  npm run tour             deletes the invented firm and experts at the end
  npm run tour -- --keep   leaves them, to look around`;

/** One request as somebody; throws when it is not answered with 2xx. */
export type Ask = <T>(as: string, method: string, path: string, body?: object) => Promise<T>;

/** What the story needs of the platform. */
export interface Stage {
  ask: Ask;
  /** Subjects of the mails that an address got. */
  mailsTo(address: string): Promise<string[]>;
  say(line: string): void;
  /** Asks again until there is an answer; gives up after half a minute. */
  until<T>(what: string, look: () => Promise<T | undefined>): Promise<T>;
}

function runOf(dir: string): Run {
  const file = join(dir, 'run.json');
  if (!existsSync(file)) throw new Error('The platform does not run here. Start it in another terminal: npm start');
  return JSON.parse(readFileSync(file, 'utf8')) as Run;
}

function stageOf(dir: string, say: (line: string) => void): Stage {
  const { gateway, mail } = runOf(dir);
  const local = readLocalIssuer(dir);
  if (!local) throw new Error('The tour needs the local issuer: it cannot sign in as others elsewhere.');
  return {
    say,
    ask: async (as, method, path, body) => {
      const response = await fetch(gateway + path, {
        method,
        headers: {
          authorization: `Bearer ${await localToken(local, as)}`,
          'accept-language': 'en',
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return (text ? JSON.parse(text) : undefined) as never;
    },
    mailsTo: async (address) => {
      const { messages } = (await (await fetch(`${mail}/api/v1/messages`)).json()) as {
        messages: { to: string[]; subject: string }[];
      };
      return messages.filter(({ to }) => to.includes(address)).map(({ subject }) => subject);
    },
    until: async (what, look) => {
      for (const from = Date.now(); Date.now() - from < 30_000; await pause(200)) {
        const found = await look();
        if (found !== undefined) return found;
      }
      throw new Error(`Waited in vain for ${what}`);
    },
  };
}

try {
  const { values } = parseArgs({
    options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) process.stdout.write(`${HELP}\n`);
  else
    await play(
      stageOf(dataDirectory(process.env), (line) => process.stdout.write(`${line}\n`)),
      values.keep,
    );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

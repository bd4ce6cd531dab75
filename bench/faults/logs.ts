import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from './settings.js';

/** What services wrote at level error and above, and what is no log line at all (a crash), that none of `explained` fits. */
export function unexplainedLines(logs: string, explained: readonly RegExp[]): string[] {
  const files = readdirSync(logs).filter((file) => SERVICES.some((name) => file.startsWith(name)));
  return files.flatMap((file) =>
    readFileSync(join(logs, file), 'utf8')
      .split('\n')
      // What is said before the logger is there comes as Nest's own text.
      .filter((line) => line && !/^\{"level":"(trace|debug|info|warn)"| (LOG|WARN)\b.*\[Portal\]/.test(line))
      .filter((line) => !explained.some((pattern) => pattern.test(line)))
      .map((line) => `${file}: ${line.slice(0, 600)}`),
  );
}

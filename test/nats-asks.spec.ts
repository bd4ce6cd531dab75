import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as contracts from '#libs/contracts';
import { asksOf, CONSUMERS } from '#libs/messaging';

const root = join(import.meta.dirname, '..');

const isOne = (group: object): group is { subject: string } => 'subject' in group && typeof group.subject === 'string';

/** The requests of others that a service's sources name, apart from tests, types, and those that it answers. */
function namedBy(service: string): string[] {
  const files = globSync(`services/${service}/src/**/*.ts`, {
    cwd: root,
    exclude: (name) => /spec\.ts$/.test(String(name)),
  });
  const text = files
    .filter((file) => !/spec\.ts$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8').replaceAll(/import[^;]*;/g, ''))
    .join('\n');
  const groups = contracts as unknown as Record<string, Record<string, { subject: string }> | { subject: string }>;
  const subjects = [...text.matchAll(/(typeof |@Rpc\()?\b([a-z]\w*Rpc)\b(?:\.(\w+))?/g)]
    .filter(([, before]) => !before)
    .flatMap(([, , group = '', name]) => {
      const found = groups[group];
      if (typeof found !== 'object') return [];
      if (isOne(found)) return [found.subject];
      return name ? (found[name]?.subject ?? []) : Object.values(found).map(({ subject }) => subject);
    });
  return [...new Set(subjects)].filter((subject) => !subject.startsWith(`rpc.${service}.`)).sort();
}

describe('What a service may ask of others', () => {
  it.each(Object.keys(CONSUMERS))('is what its sources ask, no less and no more: %s', (service) => {
    expect([...asksOf(service)].sort()).toEqual(namedBy(service));
  });

  it('covers everything that the gateway asks', () => {
    const missing = namedBy('gateway').filter((subject) => !asksOf('gateway').includes(subject));
    expect(missing).toEqual([]);
  });
});

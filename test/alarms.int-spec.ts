import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { type Platform, startPlatform } from './platform.js';

interface Alarm {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook: string };
}

const root = join(import.meta.dirname, '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const rules = parse(read('deploy', 'prometheus', 'alerts.yml')) as { groups: { name: string; rules: Alarm[] }[] };
const alarms = rules.groups.flatMap((group) => group.rules);
/** Made by Prometheus for each target. */
const PROMETHEUS_OWN = ['up'];

describe('The alarms for Prometheus', () => {
  let platform: Platform;
  let figures: Set<string>;
  let text = '';
  beforeAll(async () => {
    platform = await startPlatform();
    // Histograms appear with the first request.
    await platform.ask('coordinator', 'GET', '/v1/companies');
    const targets = platform.run().processes.flatMap(({ internal }) => internal ?? []);
    expect(targets).toHaveLength(7);
    const texts = await Promise.all(targets.map(async (url) => (await fetch(`${url}/metrics`)).text()));
    text = texts.join('\n');
    figures = new Set([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) => namesOf(name!, type!)));
  }, 180_000);
  afterAll(() => platform?.stop());

  it.each(alarms.map((alarm) => [alarm.alert, alarm.expr]))(
    '%s asks in PromQL for figures that there are',
    (_, expr) => {
      const { metrics, valid } = look(expr);
      expect(valid).toBe(true);
      expect(metrics.length).toBeGreaterThan(0);
      expect(metrics.filter((name) => !figures.has(name) && !PROMETHEUS_OWN.includes(name))).toEqual([]);
    },
  );

  it('are each played by promtool', () => {
    const played = read('deploy', 'prometheus', 'alerts.test.yml');
    expect(alarms.filter(({ alert }) => !new RegExp(`\\b${alert}\\b`).test(played))).toEqual([]);
  });

  it('have each a chapter in the runbook', () => {
    const chapters = [...read('docs', 'operations.md').matchAll(/^#+ (Ceresio\w+)$/gm)].map(([, title]) => title);
    expect(chapters.sort()).toEqual(alarms.map(({ alert }) => alert).sort());
    for (const { alert, annotations } of alarms)
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
  });

  it("rest on figures that have help, the platform's name, and no label with an id", () => {
    const own = [...text.matchAll(/^# HELP (ceresio_\S+) (.*)$/gm)];
    expect(own.length).toBeGreaterThan(20);
    for (const [, , help] of own) expect(help?.length).toBeGreaterThan(8);
    const series = text.split('\n').filter((line) => line.startsWith('ceresio_'));
    expect(series.filter((line) => /[0-9a-f]{8}-[0-9a-f]{4}-|@/.test(line))).toEqual([]);
  });
});

/** Names under which a figure is asked for. */
const namesOf = (name: string, type: string): string[] =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];

function look(expr: string): { metrics: string[]; valid: boolean } {
  const metrics: string[] = [];
  let valid = true;
  parser.parse(expr).iterate({
    enter: ({ type, node, from, to }) => {
      if (type.isError) valid = false;
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector') metrics.push(expr.slice(from, to));
    },
  });
  return { metrics, valid };
}

import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type ReferenceConcept, ReferenceTaxonomy } from '#libs/competences';
import { LANGUAGES } from '#libs/contracts';
import { readReference } from '../commands/taxonomy/read-reference.js';

const NEED =
  'We are a family firm that weaves technical fabrics near the border and look for somebody who can help us with the automatic inspection of ' +
  'yarns by cameras, since our weavers find defects too late: we need machine vision, some machine learning, the training of two operators, ' +
  'and later the planning of maintenance for forty looms with data from sensors that are installed already on every second machine';
const TYPED = [
  'mach',
  'quality con',
  'Qualitätspr',
  'programmable logik',
  'tessi',
  'sustainabel',
  'w',
  'gestione dell',
];

/** Memory and speed of the imported taxonomy. Languages that the files lack get copies of the English labels, so that four are full. */
async function measure(file: string): Promise<void> {
  const gc = globalThis.gc ?? (() => {});
  // Pages that are free after a collection go back to the system a moment later.
  const memory = async () => {
    for (let round = 0; round < 4; round++) {
      gc();
      await pause(250);
    }
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    return { rss: rss / 2 ** 20, held: (heapUsed + arrayBuffers) / 2 ** 20 };
  };
  const before = await memory();
  const began = performance.now();
  const taxonomy = await ReferenceTaxonomy.build(concepts(file), 'measured');
  const built = performance.now() - began;
  const after = await memory();
  console.log(`${taxonomy.size} concepts built in ${Math.round(built)} ms`);
  console.log(
    `held ${Math.round(after.held - before.held)} MiB, resident ${Math.round(after.rss - before.rss)} MiB more`,
  );
  tell('rank a need of 60 words', 300, () => taxonomy.rank(NEED, 'en', { limit: 20, kinds: ['skill'] }));
  for (const typed of TYPED) tell(`search "${typed}"`, 50, () => taxonomy.search(typed, 'it'));
}

function tell(what: string, times: number, work: () => unknown): void {
  for (let i = 0; i < times; i++) work();
  const taken = Array.from({ length: times }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).sort((a, b) => a - b);
  const at = (share: number) => taken[Math.floor(times * share)]?.toFixed(2);
  console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

async function* concepts(file: string): AsyncGenerator<ReferenceConcept> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line);
}

const [mode, ...paths] = process.argv.slice(2);
if (mode === '--measure') await measure(paths[0] ?? '');
else {
  const dir = mkdtempSync(join(tmpdir(), 'taxonomy-'));
  const file = join(dir, 'concepts.jsonl');
  const read = readReference(process.argv.slice(2)).sources.flatMap((source) => source.concepts);
  const full = read.map((concept) => {
    const labels = { ...concept.labels };
    const descriptions = { ...concept.descriptions };
    for (const lang of LANGUAGES) if (labels[lang].length < labels.en.length) labels[lang] = labels.en;
    for (const lang of LANGUAGES) descriptions[lang] ??= descriptions.en;
    return { ...concept, labels, descriptions };
  });
  writeFileSync(file, full.map((concept) => `${JSON.stringify(concept)}\n`).join(''));
  // What V8 sets aside for short-lived objects is kept small, so that resident memory shows what the taxonomy takes.
  const flags = [
    '--expose-gc',
    '--max-semi-space-size=4',
    '--conditions=source',
    '--import',
    '@swc-node/register/esm-register',
  ];
  spawnSync(process.execPath, [...flags, import.meta.filename, '--measure', file], { stdio: 'inherit' });
  rmSync(dir, { recursive: true });
}

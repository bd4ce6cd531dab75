import type { EntityManager } from 'typeorm';
import {
  activeReferences,
  keepLexicon,
  keepReferences,
  type LexiconSource,
  ownLexiconSource,
  REFERENCE_KINDS,
  type ReferenceKind,
  type ReferenceVersion,
  readReferences,
  removeReference,
  trainLexicon,
} from '#libs/competences';
import type { Progress } from './display.js';
import type { ReferenceSource } from './read-reference.js';

/** The import would lose something that is in use. */
export class Refused extends Error {}

/** Puts the classifications in use and says what changed. Throws Refused unless `replace` allows that something in use gets lost. */
export async function keepSources(
  manager: EntityManager,
  sources: readonly ReferenceSource[],
  replace: boolean,
  progress: Progress,
): Promise<string[]> {
  if (!replace) await refuseLosses(manager, sources);
  progress.start(
    'Writing',
    sources.reduce((sum, { concepts }) => sum + concepts.length, 0),
  );
  const changed = await manager.transaction(async (inner) => {
    const kept = await keepReferences(inner, sources, (done) => progress.step(done));
    progress.end();
    if (kept.length > 0) await learnLexicon(inner, progress);
    return kept;
  });
  return sources.map(({ source, concepts }) =>
    changed.includes(source)
      ? `${source}: ${concepts.length} concepts are in use now; the running system takes them over within seconds.`
      : `${source}: unchanged, the same content is in use already.`,
  );
}

/** What is in use, as lines for people. */
export async function statusLines(manager: EntityManager): Promise<string[]> {
  const versions = await activeReferences(manager);
  if (versions.length === 0) return ['No classification is imported; the own competences are in use alone.'];
  return [...versions.map(statusLine), ...new Set(versions.flatMap(({ attribution }) => attribution ?? []))];
}

/** Forgets a classification and says so. Throws Refused where there is none of that name. */
export async function removeSource(manager: EntityManager, source: string, progress: Progress): Promise<string[]> {
  const removed = await manager.transaction(async (inner) => {
    const was = await removeReference(inner, source);
    if (was) await learnLexicon(inner, progress);
    return was;
  });
  if (removed) return [`${source} is removed.`];
  const known = (await activeReferences(manager)).map((version) => version.source);
  throw new Refused(`There is no ${source}; imported: ${known.join(', ') || 'nothing'}.`);
}

// Taxonomy and lexicon change in one step: what is read with the one must not be translated with another. It lies with the first of the versions.
async function learnLexicon(manager: EntityManager, progress: Progress): Promise<void> {
  const versions = await activeReferences(manager);
  if (!versions[0]) return;
  const concepts: LexiconSource[] = [...ownLexiconSource()];
  for await (const concept of readReferences(manager, versions)) concepts.push(concept);
  let done = 0;
  const lexicon = trainLexicon(concepts, {
    onProgress: (now, of) => {
      if (done === 0) progress.start('Learning the lexicon', of);
      progress.step(now - done);
      done = now;
    },
  });
  progress.end();
  await keepLexicon(manager, versions[0].id, lexicon.toBuffer());
}

function statusLine({ source, importedAt, hash, concepts, languages, lexiconAt }: ReferenceVersion): string {
  const lexicon = lexiconAt ? ', with a lexicon' : '';
  return `${source.padEnd(10)} ${hash.slice(0, 12)}  ${importedAt.toISOString()}  ${concepts} concepts in ${languages.join(', ')}${lexicon}`;
}

// Who imports one more language alone forgets that the others go away.
async function refuseLosses(manager: EntityManager, sources: readonly ReferenceSource[]): Promise<void> {
  const versions = await activeReferences(manager);
  for (const { source, concepts } of sources) {
    const present = versions.find((version) => version.source === source);
    if (!present) continue;
    const lost: string[] = present.languages.filter((lang) => !concepts.some(({ labels }) => labels[lang].length > 0));
    const kinds = await kindsOf(manager, present);
    lost.push(...kinds.filter((kind) => !concepts.some((concept) => concept.kind === kind)).map((kind) => `${kind}s`));
    if (lost.length > 0)
      throw new Refused(
        `${source} is in use with ${lost.join(', ')}, which these files do not have. Import all its files together, or add --replace. Nothing was changed.`,
      );
  }
}

async function kindsOf(manager: EntityManager, version: ReferenceVersion): Promise<ReferenceKind[]> {
  const rows = await manager.query<{ kind: ReferenceKind }[]>(
    'SELECT DISTINCT kind FROM reference_concept WHERE version_id = $1',
    [version.id],
  );
  return REFERENCE_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
}

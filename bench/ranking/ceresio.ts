import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v5 as uuidOf } from 'uuid';
import { Lexicon, ownLexiconSource, ReferenceTaxonomy, trainLexicon } from '#libs/competences';
import { type ExpertFacts, LANGUAGES, type Lang } from '#libs/contracts';
import { openDatabase } from '#libs/service';
import { readReference } from '../../commands/taxonomy/read-reference.js';
import { dataSourceOptions } from '../../services/matching/src/data-source.js';
import { FrequencyService } from '../../services/matching/src/frequency/frequency.service.js';
import { documentOf } from '../../services/matching/src/index/document.js';
import { expertCopy } from '../../services/matching/src/index/features.js';
import { failure, SearchEngine } from '../../services/matching/src/index/search-engine.js';
import { note, writeCopies } from '../../services/matching/src/index/subject.store.js';
import { WeightsService } from '../../services/matching/src/learning/weights.service.js';
import { Loads } from '../../services/matching/src/load/loads.service.js';
import { CandidateStore } from '../../services/matching/src/match/candidate.store.js';
import type { Knowledge } from '../../services/matching/src/match/knowledge.service.js';
import { needOf } from '../../services/matching/src/match/need.js';
import type { Question } from '../../services/matching/src/match/question.js';
import { Ranker } from '../../services/matching/src/match/ranker.service.js';
import type { Reading } from '../../services/matching/src/match/reading.js';
import { understand } from '../../services/matching/src/match/understanding.js';
import { contentHash } from './cache.js';
import type { Candidate, Corpus, Query } from './set.js';
import type { Ranked, RankOptions, Surroundings, System } from './system.js';

const BATCH = 1000;
const NAMESPACE = '6f1a2c52-6d0e-4c1c-9a44-3f0c5f4c7d10';
/** Up to so many words a text of a candidate with a concept is a name of it. */
const NAME_WORDS = 12;
/** How often a question is asked while the search engine is too slow, and how long after. */
const PATIENCE = 20;
const AGAIN_MS = 1500;
const NOW = new Date('2026-01-01T12:00:00Z');

// Sets that hold no concept back share what was learned.
const readings = new Map<string, Promise<Reading>>();

/** The product itself: candidates become experts, are kept in PostgreSQL and indexed in Meilisearch as in the running service, and are ranked by its ranker. */
export function ceresio(surroundings: Surroundings): System {
  return new Ceresio(surroundings);
}

class Ceresio implements System {
  readonly name = 'ceresio';
  private readonly ids = new Map<string, string>();
  private corpus: Corpus | undefined;
  private dataSource: DataSource | undefined;
  private engine: SearchEngine | undefined;
  private knowledge: Knowledge | undefined;
  private ranker: Ranker | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  get taxonomy(): string {
    return this.surroundings.taxonomyDir ? 'imported' : 'own';
  }

  async open(corpus: Corpus): Promise<void> {
    const { meilisearch, postgres } = this.surroundings;
    const name = `bench_${createHash('sha256').update(corpus.name).digest('hex').slice(0, 12)}`;
    const { url, masterKey } = meilisearch;
    this.corpus = corpus;
    this.engine = new SearchEngine({
      MEILI_URL: url,
      MEILI_INDEX_KEY: masterKey,
      MEILI_SEARCH_KEY: masterKey,
      MEILI_PREFIX: `${name}_`,
    });
    this.dataSource = await database(postgres.url, name);
    const frequencies = new FrequencyService(this.dataSource);
    // The running service follows what is imported into its database; here it stands still.
    const reading = await this.reading(corpus.heldoutConcepts);
    this.knowledge = { frequencies: frequencies.current, reading } as Knowledge;
    const store = new CandidateStore(this.dataSource, this.knowledge);
    this.ranker = new Ranker(
      this.engine,
      store,
      this.knowledge,
      new WeightsService(this.dataSource),
      new Loads(this.dataSource),
    );
    await this.fill(this.dataSource, this.engine, corpus);
    await frequencies.refresh();
  }

  async rank(query: Query, { limit, sample }: RankOptions): Promise<Ranked[]> {
    const understood = understand({ text: query.text, lang: langOf(query.lang) }, this.knowledge!.reading);
    const left = sample === undefined ? undefined : this.corpus!.profiles!.get(sample);
    const question: Question = {
      need: needOf(understood, {}),
      type: 'expert',
      options: {
        all: true,
        limit,
        now: NOW,
        counts: ({ id }, candidate) =>
          !query.excluded.has(id) && (left?.get(this.ids.get(candidate.id)!)?.has(id) ?? left === undefined),
      },
    };
    for (let times = 1; ; times++) {
      const { items, degraded } = await this.ranker!.rank(question);
      if (!degraded)
        return items.map(({ candidate, scored }) => ({ id: this.ids.get(candidate.id)!, score: scored.relevance }));
      // A plain answer of a machine that has too much to do says nothing about the ranking.
      if (times === PATIENCE) throw new Error('Meilisearch does not answer in time: this machine has too much to do');
      await pause(AGAIN_MS);
    }
  }

  async close(): Promise<void> {
    await this.dataSource?.destroy();
    await this.engine?.drop(this.engine.uid('expert'));
  }

  /** What texts are read with: the imported taxonomy and a lexicon learned from it and the own one, without the concepts that the set holds back. */
  private async reading(heldout: ReadonlySet<string>): Promise<Reading> {
    const { taxonomyDir, cache, log } = this.surroundings;
    if (!taxonomyDir) return { lexicon: Lexicon.own(), version: 'own' };
    const held = createHash('sha256')
      .update([...heldout].sort().join())
      .digest('hex');
    const make = async (): Promise<Reading> => {
      log(`Reading the taxonomy in ${taxonomyDir}`);
      const { sources } = readReference([taxonomyDir], { without: heldout });
      const concepts = sources.flatMap((one) => one.concepts);
      const code = await contentHash(join(import.meta.dirname, '../../libs/competences/src'));
      const bytes = await cache.cached(['lexicon', await contentHash(taxonomyDir), held, code], async () => {
        log('Learning the lexicon');
        return trainLexicon([...ownLexiconSource(), ...concepts]).toBuffer();
      });
      const lexicon = Lexicon.fromBuffer(Buffer.from(bytes));
      return { reference: await ReferenceTaxonomy.build(concepts, held), lexicon, version: held };
    };
    const known = readings.get(held) ?? make();
    readings.set(held, known);
    return known;
  }

  private async fill({ manager }: DataSource, engine: SearchEngine, corpus: Corpus): Promise<void> {
    await engine.prepare(engine.uid('expert'));
    const { reading } = this.knowledge!;
    // Those who are never ranked are kept as another type: their evidence counts for how rare words are, and nobody finds them.
    for (const [type, people] of [
      ['expert', corpus.candidates],
      ['company', corpus.background],
    ] as const) {
      for (let at = 0; at < people.length; at += BATCH) {
        const copies = people.slice(at, at + BATCH).map((one) => {
          const id = uuidOf(`${corpus.name} ${one.id}`, NAMESPACE);
          this.ids.set(id, one.id);
          return expertCopy(factsOf(id, one), reading);
        });
        await note(
          manager,
          type,
          copies.map(({ id, revision }) => ({ id, revision })),
        );
        const written = await writeCopies(
          manager,
          type,
          copies.map((copy) => copy.id),
          copies,
          reading.version,
        );
        if (type !== 'expert') continue;
        const task = await engine.put(engine.uid(type), written.map(documentOf));
        if (task.status !== 'succeeded') throw failure(task);
      }
    }
  }
}

/** A candidate as an expert: names of a concept are a declared competence, other texts are works. */
function factsOf(id: string, { lang, texts, textIds, concept }: Candidate): ExpertFacts {
  const own = langOf(lang);
  const isName = (text: string) => concept !== undefined && !textIds && text.split(/\s+/).length <= NAME_WORDS;
  return {
    id,
    revision: 1,
    country: 'IT',
    territory: null,
    role: null,
    languages: own ? [own] : [],
    territories: [],
    text: null,
    competences: texts.filter(isName).map((label) => ({ id: concept, label })) as ExpertFacts['competences'],
    evidence: texts.flatMap((text, at): ExpertFacts['evidence'] =>
      isName(text)
        ? []
        : [
            {
              id: textIds?.[at] ?? `t${at}`,
              kind: 'publication',
              title: '',
              text,
              year: null,
              url: null,
              competences: [],
            },
          ],
    ),
    capacity: 1,
    away: [],
    listed: true,
  };
}

function langOf(lang: string): Lang | undefined {
  return LANGUAGES.find((one) => one === lang);
}

/** A database of its own, made anew. */
async function database(url: string, name: string): Promise<DataSource> {
  // Standard output is for figures.
  Logger.overrideLogger(['warn', 'error']);
  const admin = await new DataSource({ type: 'postgres', url }).initialize();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.destroy();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return openDatabase(dataSourceOptions(own.href));
}

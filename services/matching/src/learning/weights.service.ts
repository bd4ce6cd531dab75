import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type LearningReport, Problem, type ScorePart, type WeightsList } from '#libs/contracts';
import { WEIGHTS, type Weights } from '../match/ranking.weights.js';
import { WeightsSwitchEntity, WeightsVersionEntity } from './weights.entity.js';

const POLL_MS = 1000;
/** "WEIG": versions are numbered, and switches follow one another. */
const LOCK = 0x57454947;

type Parts = Record<ScorePart, number>;
export interface Proposal {
  parts: Parts;
  basedOn: string;
  report: LearningReport;
}

/** Which weights rank. Those in the code until an administrator switches to learned ones; what one copy of the service is told the others see within seconds. */
@Injectable()
export class WeightsService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(WeightsService.name);
  private readonly stopper = new AbortController();
  private polling: Promise<void> | undefined;
  private refreshing: Promise<void> = Promise.resolve();
  private weights: Weights = WEIGHTS;
  private warned = '';

  constructor(private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.refresh().catch(() => undefined);
    this.polling = this.poll();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopper.abort();
    await this.polling;
  }

  /** The weights to rank with. Take them once for an answer: they may change between two calls. */
  current(): Weights {
    return this.weights;
  }

  async list(manager: EntityManager = this.dataSource.manager): Promise<WeightsList> {
    const learned = await manager.find(WeightsVersionEntity, { order: { madeAt: 'DESC' } });
    const last = await lastSwitch(manager);
    const active = standing(last?.version, learned).version;
    const items: WeightsList['items'] = learned.map(({ version, builtIn, state, parts, basedOn, madeAt, report }) => ({
      version,
      state: builtIn === WEIGHTS.version ? state : 'outdated',
      active: version === active,
      parts: complete(parts),
      basedOn,
      madeAt: madeAt.toISOString(),
      report,
    }));
    items.push({
      version: WEIGHTS.version,
      state: 'built-in',
      active: WEIGHTS.version === active,
      parts: { ...WEIGHTS.parts },
      basedOn: null,
      madeAt: null,
      report: null,
    });
    const switched = last && { by: last.switchedBy, at: last.switchedAt.toISOString() };
    return { items, switched, nextCursor: null };
  }

  /** Ranks with another version from now on; `by` names who wants it. Switching to the active one changes nothing. */
  async switch(version: string, by: string): Promise<WeightsList> {
    const list = await this.dataSource.transaction(async (manager) => {
      await locked(manager);
      const wanted = (await this.list(manager)).items.find((one) => one.version === version);
      if (!wanted)
        throw new Problem('invalid-body', 'There is no such version of the weights', [
          { pointer: '/version', detail: 'must be one of the versions that are listed' },
        ]);
      if (wanted.state === 'outdated')
        throw new Problem('wrong-state', 'These weights were learned for figures that the platform no longer has');
      if (!wanted.active) {
        await manager.insert(WeightsSwitchEntity, { version, switchedBy: by });
        await manager.update(WeightsVersionEntity, { version }, { state: 'adopted' });
      }
      return this.list(manager);
    });
    await this.refresh();
    return list;
  }

  /** Writes a learned version; nobody ranks with it yet. Answers its name. */
  async propose({ parts, basedOn, report }: Proposal): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      await locked(manager);
      const builtIn = WEIGHTS.version;
      const version = `${builtIn}-learned.${(await manager.countBy(WeightsVersionEntity, { builtIn })) + 1}`;
      const row = { version, builtIn, parts, basedOn, report, state: 'proposed' as const, madeAt: new Date() };
      await manager.insert(WeightsVersionEntity, row);
      return version;
    });
  }

  private async poll(): Promise<void> {
    const { signal } = this.stopper;
    while (!signal.aborted) {
      await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
      // While the database is away the last known weights rank on; its absence is told elsewhere.
      if (!signal.aborted) await this.refresh().catch(() => undefined);
    }
  }

  // One after the other: a slow look from before a switch must not undo it.
  private refresh(): Promise<void> {
    this.refreshing = this.refreshing.catch(() => undefined).then(() => this.look());
    return this.refreshing;
  }

  private async look(): Promise<void> {
    const { manager } = this.dataSource;
    const asked = (await lastSwitch(manager))?.version;
    if (asked === this.weights.version) return;
    const learned = asked ? await manager.findBy(WeightsVersionEntity, { version: asked }) : [];
    const { version, parts } = standing(asked, learned);
    if (asked && asked !== version && this.warned !== asked) {
      this.logger.warn(`Weights ${asked} were learned for other figures than ${WEIGHTS.version}, which ranks instead`);
      this.warned = asked;
    }
    if (version === this.weights.version) return;
    this.weights = { ...WEIGHTS, version, parts };
    this.logger.log(`Ranking with weights ${version}`);
  }
}

async function lastSwitch(manager: EntityManager): Promise<WeightsSwitchEntity | null> {
  const [last] = await manager.find(WeightsSwitchEntity, { order: { id: 'DESC' }, take: 1 });
  return last ?? null;
}

/** What ranks when `asked` was switched to: learned weights only with the very figures that they were learned for. */
function standing(
  asked: string | undefined,
  learned: readonly WeightsVersionEntity[],
): Pick<Weights, 'version' | 'parts'> {
  const found = learned.find((one) => one.version === asked && one.builtIn === WEIGHTS.version);
  return found ? { version: found.version, parts: complete(found.parts) } : WEIGHTS;
}

/** A part that came later has no share in older weights. */
function complete(parts: Record<string, number>): Parts {
  return Object.fromEntries(Object.keys(WEIGHTS.parts).map((part) => [part, parts[part] ?? 0])) as Parts;
}

async function locked(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

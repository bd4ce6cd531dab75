import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import {
  activeReferences,
  REFERENCE_CHANNEL,
  ReferenceTaxonomy,
  type ReferenceVersion,
  readReferences,
  referenceVersionOf,
} from '#libs/competences';

// A notification that nobody heard (the connection was cut) is made good by the next look.
const POLL_MS = 30_000;

type Listener = (taxonomy: ReferenceTaxonomy | undefined) => void | Promise<void>;

/** What node-postgres gives for a connection, as far as it is used here. */
interface Connection {
  on(event: 'notification' | 'error' | 'end', heard: () => void): void;
  removeAllListeners(event: 'notification'): void;
}

/**
 * The imported classifications in memory. Follows what is imported: the next one is built beside the present one and takes its place in one step,
 * so every answer comes from one of them.
 */
@Injectable()
export class ReferenceTaxonomies implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReferenceTaxonomies.name);
  private readonly listeners: Listener[] = [];
  private taxonomy: ReferenceTaxonomy | undefined;
  private versions: readonly ReferenceVersion[] = [];
  private work: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private runner: QueryRunner | undefined;
  private connection: Connection | undefined;
  private stopped = false;

  constructor(private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.listen();
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), POLL_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.work;
    this.connection?.removeAllListeners('notification');
    await this.runner?.query(`UNLISTEN ${REFERENCE_CHANNEL}`).catch(() => undefined);
    await this.runner?.release().catch(() => undefined);
  }

  /** What is imported; undefined where nothing is. */
  current(): ReferenceTaxonomy | undefined {
    return this.taxonomy;
  }

  /** The versions that the current one was built from. */
  sources(): readonly ReferenceVersion[] {
    return this.versions;
  }

  /** Calls the listener whenever another taxonomy has taken the place of the present one, or its lexicon has come. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Looks whether something else is active and takes it over; looks that come together follow one another. */
  refresh(): Promise<void> {
    this.work = this.work
      .then(() => this.look())
      .catch((error: Error) => {
        // The next look comes by itself, and answers come from what is there.
        this.logger.warn(`The imported taxonomy could not be read: ${error.message}`);
      });
    return this.work;
  }

  private async look(): Promise<void> {
    if (this.stopped) return;
    if (!this.runner) await this.listen();
    // The state is read as it was at one moment, whatever is imported meanwhile.
    const next = await this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const versions = await activeReferences(manager);
      if (idsOf(versions) === idsOf(this.versions)) return { versions, taxonomy: this.taxonomy };
      return { versions, taxonomy: versions.length > 0 ? await this.build(manager, versions) : undefined };
    });
    const news = JSON.stringify(next.versions) !== JSON.stringify(this.versions);
    this.versions = next.versions;
    this.taxonomy = next.taxonomy;
    if (!news) return;
    for (const listener of this.listeners) await listener(next.taxonomy);
  }

  private async build(manager: EntityManager, versions: readonly ReferenceVersion[]): Promise<ReferenceTaxonomy> {
    const began = performance.now();
    const built = await ReferenceTaxonomy.build(readReferences(manager, versions), referenceVersionOf(versions));
    const ms = Math.round(performance.now() - began);
    this.logger.log(`Imported taxonomy ${built.version}: ${built.size} concepts, built in ${ms} ms`);
    return built;
  }

  // A connection that is cut is opened again by the next look.
  private async listen(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection = (await runner.connect()) as Connection;
      const gone = () => {
        if (this.runner !== runner) return;
        this.runner = undefined;
        void runner.release().catch(() => undefined);
      };
      connection.on('notification', () => void this.refresh());
      connection.on('error', gone);
      connection.on('end', gone);
      await runner.query(`LISTEN ${REFERENCE_CHANNEL}`);
      this.runner = runner;
      this.connection = connection;
    } catch (error) {
      await runner.release().catch(() => undefined);
      throw error;
    }
  }
}

function idsOf(versions: readonly ReferenceVersion[]): string {
  return versions.map(({ id }) => id).join(' ');
}

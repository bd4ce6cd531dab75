import { mkdtempSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EngineName,
  type Engines,
  freePort,
  loadSecrets,
  type MailCatcher,
  type ManagedProcess,
  provisionDatabases,
  publicNkeys,
  removePlace,
  type Secrets,
  sealAudit,
  startEngines,
  startMailCatcher,
} from '#libs/engines';
import { natsUsers, natsUsersConfig, type TopologySettings } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { projectRoot } from '../../commands/directory.js';
import { keepLocalIssuer, type LocalIssuer, localToken } from '../../commands/issuer/local-issuer.js';
import { type Provisioning, type ProvisioningTarget, provision } from '../../commands/provisioning.js';
import { DATABASE_SERVICES, issuerProcess, serviceProcess } from '../../commands/start/services.js';
import { Supervisor } from '../../commands/start/supervisor.js';
import { unexplainedLines } from './logs.js';
import {
  type Death,
  ENGINES,
  isEngine,
  OPEN,
  type OtherBroker,
  SERVICES,
  type ServiceName,
  type Settings,
  withoutEngines,
} from './settings.js';

/** A platform of one scenario's own: private engines, every service a process, whoever dies is started again as `npm start` would. */
export class World {
  readonly deaths: Death[] = [];
  /** What the supervisor and the provisioner said. */
  readonly said: string[] = [];
  readonly gateways: string[] = [];
  secrets!: Secrets;
  engines!: Engines;
  /** For the books and other onlookers: past every proxy. */
  operatorNatsUrl = '';
  private readonly supervisor = new Supervisor(
    (line) => this.say(line),
    () => {},
  );
  private readonly processes = new Map<string, ManagedProcess>();
  private readonly internalPorts = new Map<string, number>();
  private readonly paused = new Set<number>();
  private readonly tokens = new Map<string, Promise<string>>();
  private local!: LocalIssuer;
  private enginesToBe?: Promise<Engines>;
  private provisioning?: Provisioning;
  private target!: ProvisioningTarget;
  private mail?: MailCatcher;
  private other?: OtherBroker;
  private stopped?: Promise<void>;

  private constructor(
    readonly dir: string,
    readonly settings: Settings,
  ) {}

  /** Starts everything and resolves when all of it is ready; leaves nothing behind when that fails. `begun` gets the world at once, so that it can be stopped. */
  static async start(settings: Settings = {}, begun: (world: World) => void = () => {}): Promise<World> {
    const dir = mkdtempSync(join(tmpdir(), 'ceresio-faults-'));
    // As root the engines run as somebody else, who must be able to enter.
    await chmod(dir, 0o755);
    const world = new World(dir, settings);
    begun(world);
    try {
      await world.open();
      return world;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  /** Names of everything that can be killed: engines, services and their second copies. */
  get names(): string[] {
    return [...ENGINES, ...this.processes.keys()].filter((name) => name !== 'issuer');
  }

  /** Where an engine keeps its data. */
  dataOf(engine: EngineName): string {
    return join(this.dir, engine);
  }

  /** The process id; undefined while it is down. */
  pid(name: string): number | undefined {
    return this.processes.get(name)?.pid ?? this.engines.processes().find((one) => one.name === name)?.pid;
  }

  /** Sends a signal that ends the process and resolves when the supervisor has another one in its place that is ready. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<Death> {
    const death = await this.end(name, signal);
    const from = Date.now() - death.endedAfterMs!;
    await eventually(() => this.expectAnother(name, death.pid), { timeout: 120_000 });
    await this.untilReady([name], 120_000);
    death.backAfterMs = Date.now() - from;
    return death;
  }

  /** As `kill`, but resolves when the process is gone. */
  async end(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<Death> {
    const pid = await eventually(
      () => {
        const found = this.pid(name);
        if (found === undefined) throw new Error(`${name} does not run`);
        return found;
      },
      { timeout: 120_000 },
    );
    const death: Death = { name, pid, signal };
    this.deaths.push(death);
    const from = Date.now();
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself this very moment.
    }
    await eventually(
      () => {
        if (this.pid(name) === pid) throw new Error(`${name} (${pid}) has not ended`);
      },
      { every: 5, timeout: 60_000 },
    );
    death.endedAfterMs = Date.now() - from;
    return death;
  }

  /** Kills it and keeps it down until `resume`. */
  async halt(name: string): Promise<void> {
    if (isEngine(name)) await this.engines.kill(name);
    else await this.child(name).kill();
  }

  async resume(name: string): Promise<void> {
    if (isEngine(name)) await this.engines.restart(name);
    else await this.child(name).start();
  }

  /** SIGSTOP: it lives and does nothing, until `unfreeze`. */
  freeze(name: string): void {
    const pid = this.pid(name);
    if (pid === undefined) throw new Error(`${name} does not run`);
    this.paused.add(pid);
    process.kill(pid, 'SIGSTOP');
  }

  unfreeze(): void {
    for (const pid of this.paused) process.kill(pid, 'SIGCONT');
    this.paused.clear();
  }

  /** What keeps it from being ready; empty when nothing does. */
  async problems(name: string): Promise<string[]> {
    try {
      const url = this.healthOf(name);
      const headers = name === 'meilisearch' ? { authorization: `Bearer ${this.engines.meilisearch.masterKey}` } : {};
      // PostgreSQL speaks no HTTP: it is back when the services that need it say so.
      if (!url) return this.pid(name) === undefined ? ['does not run'] : [];
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2500) });
      if (answer.ok) return [];
      return ((await answer.json()) as { problems?: string[] }).problems ?? [`${answer.status}`];
    } catch (error) {
      return [(error as Error).message];
    }
  }

  /** Resolves to the milliseconds until all of them (everything unless told) were ready. */
  async untilReady(names: readonly string[] = this.names, timeout = 60_000): Promise<number> {
    const from = Date.now();
    await Promise.all(
      names.map((name) =>
        eventually(
          async () => {
            const problems = await this.problems(name);
            if (problems.length > 0) throw new Error(`${name} is not ready: ${problems.join(', ')}`);
          },
          { timeout, every: 50 },
        ),
      ),
    );
    return Date.now() - from;
  }

  /** A token of the local issuer: `firm:<id>`, `expert:<id>`, `coordinator`, `admin`. */
  token(as: string): Promise<string> {
    if (!this.tokens.has(as)) this.tokens.set(as, localToken(this.local, as));
    return this.tokens.get(as)!;
  }

  /** Lines of level error and above, and lines that are no log lines at all, that none of `explained` fits. */
  errors(explained: readonly RegExp[] = []): string[] {
    return unexplainedLines(join(this.dir, 'logs'), explained);
  }

  say(line: string): void {
    this.said.push(`${new Date().toISOString()} ${line}`);
  }

  /** Ends everything that was started here, by process id. May be called at any time, also twice. */
  stop(): Promise<void> {
    // Ctrl-C and the end of a scenario that fails because of it ask at the same time; neither may go on before all is gone.
    this.stopped ??= this.close();
    return this.stopped;
  }

  private async close(): Promise<void> {
    this.unfreeze();
    await this.supervisor.stop();
    await this.provisioning?.stop();
    await this.mail?.close();
    await this.other?.stop();
    await (await this.enginesToBe?.catch(() => undefined))?.stop();
    await removePlace(this.dir);
  }

  private async open(): Promise<void> {
    const { dir } = this;
    this.secrets = loadSecrets(dir, {
      services: DATABASE_SERVICES,
      natsUsers: natsUsers().map(({ name }) => name),
    });
    const users = natsUsersConfig(publicNkeys(this.secrets));
    this.enginesToBe = startEngines({ dir, ports: 'free', env: {}, natsUsers: users });
    this.engines = await this.enginesToBe;
    this.supervisor.keep(this.engines, async () => {});
    const { postgres, nats, meilisearch } = this.engines;
    const { natsPassword: password } = this.secrets;
    this.other = await this.settings.broker?.({ url: nats.url, monitor: nats.monitor!, dir, users, password });
    this.operatorNatsUrl = this.other?.operatorUrl ?? this.other?.url ?? nats.url;
    const monitorUrl = this.other?.monitor ?? nats.monitor;
    await provisionDatabases(postgres.url, DATABASE_SERVICES, this.secrets.servicePasswords);
    this.target = { natsUrl: this.operatorNatsUrl, ...(monitorUrl && { monitorUrl }), meilisearch };
    await this.keepStreams(this.settings.streams ?? {});
    this.mail = await startMailCatcher({});
    const dist = join(projectRoot(), 'dist');
    this.local = await keepLocalIssuer(dir, `http://127.0.0.1:${await freePort()}`);
    await this.add('issuer', issuerProcess(this.local, dir, dist, withoutEngines()));
    await this.startServices(dist, SERVICES, '');
    if (this.settings.twice) await this.startServices(dist, this.settings.twice, '-2');
    await sealAudit(postgres.url);
  }

  /** Has the provisioner keep streams with these settings from now on. */
  async keepStreams(settings: Partial<TopologySettings>): Promise<void> {
    await this.provisioning?.stop();
    this.provisioning = await provision({ ...this.target, settings }, (line) => this.say(line));
  }

  private async startServices(dist: string, services: readonly ServiceName[], suffix: string): Promise<void> {
    const gatewayPort = await freePort();
    const around = {
      dir: this.dir,
      dist,
      engines: { ...this.engines, nats: { url: this.other?.url ?? this.engines.nats.url, monitor: 'known' } },
      secrets: this.secrets,
      searchKeys: this.provisioning!.searchKeys,
      smtpUrl: this.mail!.smtpUrl,
      gatewayPort,
      local: this.local,
    };
    const { env = {} } = this.settings;
    await Promise.all(
      services.map(async (service) => {
        const name = service + suffix;
        const internalPort = await freePort();
        this.internalPorts.set(name, internalPort);
        const own = { ...OPEN, ...env.all, ...env[service] };
        const child = await serviceProcess(service, around, withoutEngines(), { name, internalPort, env: own });
        await this.add(name, child);
      }),
    );
    if (services.includes('gateway')) this.gateways.push(`http://127.0.0.1:${gatewayPort}`);
  }

  private async add(name: string, child: ManagedProcess): Promise<void> {
    this.processes.set(name, child);
    await this.supervisor.add(child);
  }

  private child(name: string): ManagedProcess {
    const child = this.processes.get(name);
    if (!child) throw new Error(`There is no ${name}`);
    return child;
  }

  private expectAnother(name: string, old: number): void {
    const now = this.pid(name);
    if (now === undefined || now === old) throw new Error(`${name} (${old}) has not been started again`);
  }

  private healthOf(name: string): string | undefined {
    if (name === 'nats') return `${this.engines.nats.monitor}/healthz`;
    if (name === 'meilisearch') return `${this.engines.meilisearch.url}/version`;
    return isEngine(name) ? undefined : `http://127.0.0.1:${this.internalPorts.get(name)}/health/ready`;
  }
}

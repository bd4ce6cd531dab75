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
import { projectRoot } from '../../commands/directory.js';
import { keepLocalIssuer, type LocalIssuer, localToken } from '../../commands/issuer/local-issuer.js';
import { type Provisioning, type ProvisioningTarget, provision } from '../../commands/provisioning.js';
import { DATABASE_SERVICES, issuerProcess, serviceProcess } from '../../commands/start/services.js';
import { Supervisor } from '../../commands/start/supervisor.js';
import { unexplainedLines } from './logs.js';
import { Processes } from './processes.js';
import { OPEN, type OtherBroker, SERVICES, type ServiceName, type Settings, withoutEngines } from './settings.js';

/** A platform of one scenario's own: private engines, every service a process, whoever dies is started again as `npm start` would. */
export class World extends Processes {
  /** What the supervisor and the provisioner said. */
  readonly said: string[] = [];
  readonly gateways: string[] = [];
  secrets!: Secrets;
  /** For the books and other onlookers: past every proxy. */
  operatorNatsUrl = '';
  private readonly supervisor = new Supervisor(
    (line) => this.say(line),
    () => {},
  );
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
  ) {
    super();
  }

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

  /** Where an engine keeps its data. */
  dataOf(engine: EngineName): string {
    return join(this.dir, engine);
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
}

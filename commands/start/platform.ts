import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Engines,
  isFree,
  loadSecrets,
  type MailCatcher,
  portNear,
  provisionDatabases,
  publicNkeys,
  removePlace,
  sealAudit,
  startEngines,
  startMailCatcher,
} from '#libs/engines';
import { natsUsers, natsUsersConfig } from '#libs/messaging';
import type { BrokerAddress } from '../broker.js';
import { projectRoot } from '../directory.js';
import { keepLocalIssuer, type LocalIssuer, localToken, readLocalIssuer } from '../issuer/local-issuer.js';
import { type Provisioning, provision } from '../provisioning.js';
import { nightly } from '../reconcile/nightly.js';
import { monitorOf, streamSettings } from '../stream-settings.js';
import type { Addresses } from './greeting.js';
import { deleteRun, leaveDirectory, writeRun } from './run-file.js';
import {
  builtServices,
  DATABASE_SERVICES,
  issuerProcess,
  natsFor,
  type Surroundings,
  serviceProcess,
} from './services.js';
import { settled } from './settled.js';
import { Supervisor } from './supervisor.js';

const ISSUER_PORT = 3001;

/** The module that loads the sample network. */
interface SampleModule {
  loadSample(options: { log: (line: string) => void; broker: BrokerAddress }): Promise<{ loaded: boolean }>;
}

/** Engines, services and mail catcher of one directory, from start to stop. */
export class Platform {
  private readonly supervisor: Supervisor;
  private enginesToBe: Promise<Engines> | undefined;
  private engines: Engines | undefined;
  private mail: MailCatcher | undefined;
  private provisioning: Provisioning | undefined;
  private nightly: { stop(): void } | undefined;
  private gateway: string | undefined;
  private issuer: string | undefined;
  private stopping = false;

  constructor(
    private readonly dir: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly say: (line: string) => void,
  ) {
    this.supervisor = new Supervisor(say, () => this.writeRun());
  }

  /** Deletes all data of an earlier run. */
  async deleteData(): Promise<void> {
    await removePlace(this.dir);
  }

  /** Starts everything and resolves when it is ready; `stop()` afterwards also when it failed. */
  async start(options: { sample: boolean; port: number }): Promise<Addresses> {
    deleteRun(this.dir);
    const dist = join(projectRoot(), 'dist');
    const users = natsUsers().map(({ name }) => name);
    const secrets = loadSecrets(this.dir, { services: DATABASE_SERVICES, natsUsers: users });
    const accounts = natsUsersConfig(publicNkeys(secrets));
    const { dir, env } = this;
    const engines = await this.step('engines', () => {
      this.enginesToBe = startEngines({ dir, env, natsUsers: accounts, log: (line) => this.note(line) });
      return this.enginesToBe;
    });
    this.engines = engines;
    this.supervisor.keep(engines, async () => {});
    this.mail = await mailCatcher();
    const searchKeys = await this.step('databases, streams and search keys', async () => {
      await provisionDatabases(engines.postgres.url, DATABASE_SERVICES, secrets.servicePasswords);
      const { url: natsUrl, seed: natsSeed } = natsFor('provisioner', engines, secrets);
      const monitorUrl = engines.nats.monitor ?? monitorOf(env, (line) => this.note(line));
      const { meilisearch } = engines;
      const target = { natsUrl, natsSeed, monitorUrl, meilisearch, settings: streamSettings(env) };
      const provisioning = await provision(target, (line) => this.note(line));
      this.provisioning = provisioning;
      return provisioning.searchKeys;
    });
    const local = await this.step('sign-in', () => this.startIssuer(dist));
    const gatewayPort = await portNear(options.port, 'the API', (line) => this.note(line));
    const around: Surroundings = {
      dir,
      dist,
      engines,
      secrets,
      searchKeys,
      smtpUrl: this.mail.smtpUrl,
      gatewayPort,
      local,
    };
    const services = builtServices(dist);
    await this.step(`services: ${services.join(', ')}`, () => this.startServices(services, around));
    if (services.includes('access')) await sealAudit(engines.postgres.url);
    const gateway = `http://127.0.0.1:${around.gatewayPort}`;
    const sample =
      options.sample &&
      (await this.loadSample(
        join(dist, 'commands', 'sample.js'),
        natsFor('commands', engines, secrets),
        gateway,
        local,
      ));
    this.gateway = gateway;
    this.writeRun();
    this.nightly = nightly({ ...env, CERESIO_DIR: dir }, (line) => this.note(line));
    return { gateway, mail: this.mail.webUrl, sample };
  }

  /** Stops services, then engines. Whatever was started so far is gone afterwards. */
  async stop(): Promise<void> {
    this.stopping = true;
    // Gone first: who looks must not take a system that is ending for one that runs.
    deleteRun(this.dir);
    this.nightly?.stop();
    await this.supervisor.stop();
    await this.provisioning?.stop();
    await this.mail?.close();
    // A stop may come while they are starting; those that failed have stopped themselves.
    const engines = await this.enginesToBe?.catch(() => undefined);
    await engines?.stop();
    leaveDirectory(this.dir);
  }

  /** The local issuer, unless the environment names another one. */
  private async startIssuer(dist: string): Promise<LocalIssuer | undefined> {
    this.issuer = this.env.OIDC_ISSUER || undefined;
    if (this.issuer) return undefined;
    // The address is part of every token: the one of the last start, as long as it can be had.
    const last = readLocalIssuer(this.dir)?.issuer;
    const wanted = last ? Number(new URL(last).port) : ISSUER_PORT;
    for (;;) {
      const port = await portNear(wanted, 'the local issuer', (line) => this.note(line));
      const local = await keepLocalIssuer(this.dir, `http://127.0.0.1:${port}`);
      try {
        await this.supervisor.add(issuerProcess(local, this.dir, dist, this.env));
        this.issuer = local.issuer;
        return local;
      } catch (error) {
        // Somebody took its port between the look and the start.
        if (this.stopping || (await isFree(port))) throw error;
      }
    }
  }

  private async startServices(names: readonly string[], around: Surroundings): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const child = await serviceProcess(name, around, this.env);
        try {
          await this.supervisor.add(child);
        } catch (error) {
          if (name !== 'gateway' || this.stopping || (await isFree(around.gatewayPort))) throw error;
          // Somebody took its port between the look and the start.
          around.gatewayPort = await portNear(around.gatewayPort, 'the API', (line) => this.note(line));
          await this.supervisor.add(await serviceProcess(name, around, this.env));
        }
      }),
    );
  }

  private async loadSample(
    module: string,
    broker: BrokerAddress,
    gateway: string,
    local: LocalIssuer | undefined,
  ): Promise<boolean> {
    if (!existsSync(module)) return false;
    const { loadSample } = (await import(pathToFileURL(module).href)) as SampleModule;
    await this.step('sample network', async () => {
      const { loaded } = await loadSample({ log: (line) => this.note(line), broker });
      // A token of somebody else's issuer is not ours to make.
      if (!loaded || !local) return;
      if (!(await settled(gateway, await localToken(local, 'coordinator')))) {
        this.note('it is still being indexed: the first answers may lack some of it');
      }
    });
    return true;
  }

  private writeRun(): void {
    const { gateway, mail, engines, issuer } = this;
    // Until everything is ready there is no such file, and after the beginning of the end there is none either.
    if (!gateway || !mail || !engines || !issuer || this.stopping) return;
    writeRun(this.dir, {
      gateway,
      portal: null,
      mail: mail.webUrl,
      issuer,
      engines: { postgres: engines.postgres.url, nats: engines.nats.url, meilisearch: engines.meilisearch.url },
      processes: [{ name: 'supervisor', pid: process.pid }, ...engines.processes(), ...this.supervisor.running()],
    });
  }

  private async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.stopping) throw new Error('stopped');
    const from = Date.now();
    this.say(`… ${what}`);
    const result = await work();
    this.say(`✓ ${what} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
    return result;
  }

  private note(line: string): void {
    this.say(`    ${line}`);
  }
}

async function mailCatcher(): Promise<MailCatcher> {
  // The usual ports of such tools; another start may have them.
  return startMailCatcher({ smtpPort: 1025, webPort: 8025 }).catch(() => startMailCatcher({}));
}

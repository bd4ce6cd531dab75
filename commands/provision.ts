import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provisionDatabases, sealAudit, setting } from '#libs/engines';
import { productionProblems } from '#libs/service';
import { provision } from './provisioning.js';
import { nightly, reconcileAt } from './reconcile/nightly.js';
import { DATABASE_SERVICES } from './start/services.js';
import { monitorOf, streamSettings } from './stream-settings.js';

const HELP = `Makes what the services need in the engines: databases and roles, streams and consumers, search keys. May run at any time.

  npm run provision               once
  npm run provision -- --watch    stays, makes again what disappears, and compares and repairs every night (npm run reconcile)

  DATABASE_URL                        of a PostgreSQL superuser
  NATS_URL, NATS_NKEY_SEED            the provisioner's; without a seed the credentials of the URL count
  NATS_MONITOR_URL                    NATS's monitoring address, of each node, with commas between: a server that may lose events is refused.
                                      Needed with NODE_ENV=production; "none" says that nobody can look
  NATS_REPLICAS, NATS_STREAM_MB       copies of each stream (1; with three nodes 3), and its upper bound on disk (512)
  MEILI_URL, MEILI_MASTER_KEY
  COMPANIES_DATABASE_URL, …           one per service (${DATABASE_SERVICES.join(', ')}): role and password are taken from it
  SECRETS_DIR                         instead of these: a directory with the files <service>-database-url
  INTERNAL_HOST, INTERNAL_PORT        with --watch: where /health/ready answers, optional
  RECONCILE_AT                        with --watch: when, on the clock of this machine (03:30), or off

Each may come from a file that <NAME>_FILE names. The values of the two search keys are printed unless SECRETS_DIR is set.`;

const log = (line: string) => process.stdout.write(`${line}\n`);

/** How often it is looked whether the audit log is out of the hands of the service that writes it. */
const SEAL_MS = 10_000;

/** The password of each service's role, from the URL that the service will use. */
export function servicePasswords(env: NodeJS.ProcessEnv): Record<string, string> {
  const dir = env.SECRETS_DIR;
  return Object.fromEntries(
    DATABASE_SERVICES.map((service) => {
      const name = `${service.toUpperCase()}_DATABASE_URL`;
      const url = dir ? setting({ URL_FILE: join(dir, `${service}-database-url`) }, 'URL') : setting(env, name);
      if (!url) throw new Error(`${name} is not set.`);
      return [service, decodeURIComponent(new URL(url).password)];
    }),
  );
}

// A deployment whose secrets stand in somebody's checkout is open to whoever had that.
function refuseDevelopmentSecrets(env: NodeJS.ProcessEnv): void {
  if (env.NODE_ENV !== 'production') return;
  const names = ['DATABASE_URL', 'NATS_URL', 'NATS_NKEY_SEED', 'MEILI_URL', 'MEILI_MASTER_KEY'];
  const given = Object.fromEntries(names.map((name) => [name, setting(env, name)]));
  const problems = productionProblems({ ...given, ENGINES_WITHOUT_TLS: env.ENGINES_WITHOUT_TLS === 'true' });
  if (problems.length > 0) throw new Error(`Refused with NODE_ENV=production:\n  ${problems.join('\n  ')}`);
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = setting(env, name);
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

async function run(env: NodeJS.ProcessEnv, watch: boolean): Promise<void> {
  refuseDevelopmentSecrets(env);
  reconcileAt(env);
  await provisionDatabases(needed(env, 'DATABASE_URL'), DATABASE_SERVICES, servicePasswords(env));
  log(`Databases: ${DATABASE_SERVICES.join(', ')}`);
  const provisioning = await provision(
    {
      natsUrl: needed(env, 'NATS_URL'),
      natsSeed: setting(env, 'NATS_NKEY_SEED'),
      monitorUrl: monitorOf(env, log),
      settings: streamSettings(env),
      meilisearch: { url: needed(env, 'MEILI_URL'), masterKey: needed(env, 'MEILI_MASTER_KEY') },
    },
    log,
  );
  if (!env.SECRETS_DIR) {
    log(`MEILI_INDEX_KEY=${provisioning.searchKeys.indexer}`);
    log(`MEILI_SEARCH_KEY=${provisioning.searchKeys.search}`);
  }
  await sealAudit(needed(env, 'DATABASE_URL'));
  log('Everything is as it should be.');
  if (!watch) return provisioning.stop();
  // The service makes its tables only after this round.
  const seal = setInterval(() => void sealAudit(needed(env, 'DATABASE_URL')).catch(() => {}), SEAL_MS);
  const night = nightly(env, log);
  // Whoever waits for the first round asks here.
  const health = createServer((_request, response) => response.end('ok'));
  health.listen(Number(env.INTERNAL_PORT ?? 0), env.INTERNAL_HOST ?? '127.0.0.1');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(seal);
      night.stop();
      health.close();
      health.closeAllConnections();
      void provisioning.stop();
    });
  }
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({
      options: { watch: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) log(HELP);
    else await run(process.env, values.watch);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

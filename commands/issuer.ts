import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataDirectory } from './directory.js';
import { keepLocalIssuer, readLocalIssuer } from './issuer/local-issuer.js';
import { issuerServer } from './issuer/server.js';

const HELP = `The local issuer: sign-in for development, without passwords. npm start runs it.

  node dist/commands/issuer.js    listens on HOST (127.0.0.1) and PORT (3001)

Its key is in the data directory (.ceresio, or CERESIO_DIR). ISSUER is its address for browsers, GATEWAY_URL is where the platform answers.
TOKEN_SECONDS makes access tokens live shorter than an hour, to rehearse their end.
Refused with NODE_ENV=production, and on an address that is not loopback unless IN_CONTAINER=true says that a container publishes it on loopback alone.`;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Why the issuer must not run with this environment; undefined when it may. */
export function refusal(env: NodeJS.ProcessEnv): string | undefined {
  if (env.NODE_ENV === 'production')
    return 'The local issuer lets anybody be anybody: refused with NODE_ENV=production. Set OIDC_ISSUER to a real one (docs/sign-in.md).';
  if (!LOOPBACK.test(env.HOST || '127.0.0.1') && env.IN_CONTAINER !== 'true')
    return `The local issuer listens on loopback alone, not on ${env.HOST}.`;
  return undefined;
}

/** Where the platform that runs in this directory answers. */
function gatewayOf(dir: string, env: NodeJS.ProcessEnv): string | undefined {
  if (env.GATEWAY_URL) return env.GATEWAY_URL;
  const file = join(dir, 'run.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { gateway: string }).gateway : undefined;
}

async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const dir = dataDirectory(env);
  const host = env.HOST || '127.0.0.1';
  const port = Number(env.PORT || 3001);
  const local = readLocalIssuer(dir) ?? (await keepLocalIssuer(dir, env.ISSUER || `http://127.0.0.1:${port}`));
  const server = issuerServer(local, () => gatewayOf(dir, env), Number(env.TOKEN_SECONDS) || undefined);
  server.listen(port, host, () => process.stdout.write(`The local issuer is ${local.issuer}\n`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  const why = refusal(process.env);
  if (values.help) process.stdout.write(`${HELP}\n`);
  else if (why) {
    process.stderr.write(`${why}\n`);
    process.exitCode = 2;
  } else await run(process.env);
}

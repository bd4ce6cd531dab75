import { DEVELOPMENT_MARK } from '#libs/contracts';

/** What stands in examples and in the documentation of engines. */
const WELL_KNOWN = new Set(['admin', 'ceresio', 'changeme', 'masterkey', 'password', 'postgres', 'secret', 'test']);
const EVERYWHERE = new Set(['0.0.0.0', '::', '[::]', '*']);
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;
const ENCRYPTED = new Set(['require', 'verify-ca', 'verify-full']);

type Values = Readonly<Record<string, unknown>>;

/**
 * What keeps a configuration from production, one line `NAME: why` each, without any value: secrets made for development, listeners that are open to
 * the world and connections to engines that others can read, unless `LISTEN_PUBLICLY` and `ENGINES_WITHOUT_TLS` say that this is meant.
 */
export function productionProblems(config: Values): string[] {
  const texts = Object.entries(config).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return [
    ...texts.flatMap(([name, value]) => secretProblems(name, value)),
    ...(config.LISTEN_PUBLICLY === true ? [] : texts.flatMap(([name, value]) => listenerProblems(name, value))),
    ...(config.ENGINES_WITHOUT_TLS === true ? [] : texts.flatMap(([name, value]) => engineProblems(name, value))),
    ...nobody(config),
  ];
}

function secretProblems(name: string, value: string): string[] {
  const password = passwordIn(value);
  if (value.startsWith(DEVELOPMENT_MARK) || password?.startsWith(DEVELOPMENT_MARK))
    return [`${name}: is a secret that was made for development`];
  if (password !== undefined && WELL_KNOWN.has(password.toLowerCase()))
    return [`${name}: has a password that everybody knows`];
  return /(KEY|SECRET|PASSWORD)$/.test(name) && WELL_KNOWN.has(value.toLowerCase())
    ? [`${name}: is a secret that everybody knows`]
    : [];
}

function listenerProblems(name: string, value: string): string[] {
  if (!/(^|_)HOST$/.test(name) || !EVERYWHERE.has(value)) return [];
  return [`${name}: would be open to every network of this machine; name an address, or set LISTEN_PUBLICLY=true`];
}

function engineProblems(name: string, value: string): string[] {
  const unencrypted = [`${name}: would not be encrypted; use TLS, or set ENGINES_WITHOUT_TLS=true`];
  if (name === 'NATS_URL') {
    const servers = value
      .split(',')
      .map((server) => urlOf(server.includes('://') ? server.trim() : `nats://${server.trim()}`));
    return servers.every((url) => !url || url.protocol === 'tls:' || isLoopback(url)) ? [] : unencrypted;
  }
  const url = urlOf(value);
  if (!url || isLoopback(url)) return [];
  if (name === 'MEILI_URL') return url.protocol === 'https:' ? [] : unencrypted;
  if (name !== 'DATABASE_URL') return [];
  return ENCRYPTED.has(url.searchParams.get('sslmode') ?? '') ? [] : unencrypted;
}

function nobody({ NATS_URL, NATS_NKEY_SEED }: Values): string[] {
  if (typeof NATS_URL !== 'string' || NATS_NKEY_SEED || passwordIn(NATS_URL.split(',')[0] ?? '')) return [];
  return ['NATS_NKEY_SEED: is missing (or NATS_NKEY_SEED_FILE), and NATS_URL has no credentials'];
}

const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.test(hostname);

function passwordIn(value: string): string | undefined {
  const password = urlOf(value)?.password;
  return password ? decodeURIComponent(password) : undefined;
}

function urlOf(value: string): URL | undefined {
  return /^[a-z]+:\/\//.test(value) ? (URL.parse(value) ?? undefined) : undefined;
}

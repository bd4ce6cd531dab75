import { join } from 'node:path';
import type { EngineName } from '#libs/engines';
import type { TopologySettings } from '#libs/messaging';
import { projectRoot } from '../../commands/directory.js';
import { DATABASE_SERVICES } from '../../commands/start/services.js';

/** Every service; the gateway last, since it needs the others. */
export const SERVICES = [...DATABASE_SERVICES, 'gateway'] as const;
export type ServiceName = (typeof SERVICES)[number];
/** What every service stands on. */
export const ENGINES = ['postgres', 'nats', 'meilisearch'] as const;

/** The broker as `npm start` would run it; a scenario may put a proxy before it, or other servers in its place. */
export interface Broker {
  /** With the operator's credentials. */
  url: string;
  monitor: string;
  /** The world's directory, accounts and users (the server's configuration) and the operator's password, for servers of one's own. */
  dir: string;
  users: string;
  password: string;
}

/** What a scenario put in the broker's place. */
export interface OtherBroker {
  /** Where the services go; several servers separated by commas. */
  url: string;
  /** Where the provisioner and the books go, with the operator's credentials: `url` unless told. */
  operatorUrl?: string;
  monitor?: string;
  stop(): Promise<void>;
}

/** How a world differs from the usual one. */
export interface Settings {
  /** Environment of each copy of a service; what stands under `all` goes to every service. */
  env?: Partial<Record<ServiceName | 'all', NodeJS.ProcessEnv>>;
  /** Which services run twice, the second copy named `<service>-2`. */
  twice?: readonly ServiceName[];
  /** Of the streams: window of duplicates, size, replicas. */
  streams?: Partial<TopologySettings>;
  broker?: (usual: Broker) => Promise<OtherBroker>;
}

/** One death that was caused on purpose. */
export interface Death {
  name: string;
  pid: number;
  signal: NodeJS.Signals;
  /** Until the process was gone. */
  endedAfterMs?: number;
  /** Until another one was ready in its place. */
  backAfterMs?: number;
}

/** Nobody is throttled, and code that was compiled once is kept for the next world. */
export const OPEN = {
  RATE_USER: 'off',
  RATE_ACCOUNT: 'off',
  RATE_ADDRESS: 'off',
  RATE_MATCHES: 'off',
  NODE_COMPILE_CACHE: join(projectRoot(), 'node_modules', '.cache', 'ceresio-faults'),
};

/** Whether it is an engine rather than a service. */
export const isEngine = (name: string): name is EngineName => (ENGINES as readonly string[]).includes(name);

/** NODE_OPTIONS of the bench would have the services look for its loader. */
export function withoutEngines(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  return rest;
}

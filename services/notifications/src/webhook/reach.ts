import type { Config } from '../config.js';
import type { Reach } from './post.js';

/** What this installation lets webhooks reach. */
export function reachOf(config: Pick<Config, 'NODE_ENV' | 'WEBHOOK_ALLOW_PRIVATE' | 'WEBHOOK_PORTS'>): Reach {
  return {
    ports: config.WEBHOOK_PORTS,
    allowPrivate: config.WEBHOOK_ALLOW_PRIVATE,
    httpsOnly: config.NODE_ENV === 'production',
  };
}

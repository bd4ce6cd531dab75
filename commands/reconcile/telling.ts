import type { DataSource, EntityManager } from 'typeorm';
import { MessagingOptions, Outbox } from '#libs/messaging';

/** Writes into a service's outbox, in a transaction, with that service's own rights; its relay publishes within half a second. */
export function telling(
  source: DataSource,
  service: string,
): (write: (manager: EntityManager, outbox: Outbox) => Promise<unknown>) => Promise<void> {
  const outbox = new Outbox(new MessagingOptions(service));
  return async (write) => {
    await source.transaction((manager) => write(manager, outbox));
  };
}

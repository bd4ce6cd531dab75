export { type Act, acting } from './audit-trail.js';
export { type ConnectOptions, connectNats } from './connection.js';
export { handMissed, listDeadLetters, type MissedEvent, requeueDeadLetters, showDeadLetter } from './dead-letters.js';
export { isTransient, PermanentError, retryDelay, shortError } from './failure.js';
export { idempotent } from './idempotency.js';
export { JetStreamStrategy } from './jetstream.strategy.js';
export { messagingEntities } from './messaging.entity.js';
export { messagingMigrations } from './messaging.migration.js';
export { MessagingModule, type MessagingModuleOptions } from './messaging.module.js';
export { MessagingOptions, type MessagingTuning, Nats, NatsAccess } from './nats.js';
export { type EventBatchContext, type EventContext, OnEvent } from './on-event.decorator.js';
export { type NewEvent, Outbox } from './outbox.js';
export {
  asksOf,
  EVENTS_API,
  eventsUser,
  inboxPrefix,
  type NatsUser,
  natsUsers,
  natsUsersConfig,
  REQUESTS,
} from './permissions.js';
export { checkTopology, ensureLoop, type ProvisionOptions, provisionStreams } from './provision.js';
export { MessagingReadiness, type ReadinessReport } from './readiness.js';
export { type Retention, sweep } from './retention.js';
export { brings, CONSUMERS, DEFAULT_SETTINGS, type Drift, OWNERS, ownerOf, type TopologySettings } from './topology.js';

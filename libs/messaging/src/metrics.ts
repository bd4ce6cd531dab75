import { Counter, Gauge } from 'prom-client';

/** Everything worth an alarm, on prom-client's default registry, with the service's name as label. */
export const metrics = {
  outboxUnsent: new Gauge({
    name: 'ceresio_outbox_unsent',
    help: 'Events that wait to be published',
    labelNames: ['service'],
  }),
  outboxOldest: new Gauge({
    name: 'ceresio_outbox_oldest_seconds',
    help: 'Age of the oldest event that waits to be published',
    labelNames: ['service'],
  }),
  published: new Counter({ name: 'ceresio_events_published_total', help: 'Events published', labelNames: ['service'] }),
  lastPublish: new Gauge({
    name: 'ceresio_relay_last_publish_timestamp_seconds',
    help: 'When this process last published an event, in seconds since 1970; absent until it does',
    labelNames: ['service'],
  }),
  handled: new Counter({
    name: 'ceresio_events_handled_total',
    help: 'Events whose effect was committed',
    labelNames: ['service'],
  }),
  redelivered: new Counter({
    name: 'ceresio_events_redelivered_total',
    help: 'Events that came again',
    labelNames: ['service', 'stream'],
  }),
  deadLetters: new Gauge({
    name: 'ceresio_dead_letters_open',
    help: 'Dead letters that wait for a person',
    labelNames: ['service'],
  }),
  permissionViolations: new Counter({
    name: 'ceresio_nats_permission_violations_total',
    help: 'What NATS refused to this process: never in a healthy system',
  }),
  consumerPending: new Gauge({
    name: 'ceresio_consumer_pending',
    help: 'Events that this service has not yet handled',
    labelNames: ['service', 'stream'],
  }),
  streamFill: new Gauge({
    name: 'ceresio_stream_fill_ratio',
    help: 'How full the stream of the service is: at 1 its events wait in the outbox',
    labelNames: ['stream'],
  }),
};

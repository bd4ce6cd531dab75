import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

/** Owners of events; each has a stream of its own, named in capitals, that takes `<owner>.>`. */
export const OWNERS = ['companies', 'experts', 'matching', 'cooperation', 'notifications', 'privacy'] as const;

/** The owner of a service's events. What `access` tells concerns everybody's privacy and is named so; all others are named like their service. */
export const ownerOf = (service: string): string => (service === 'access' ? 'privacy' : service);

/** Who hears whom: one durable pull consumer per service and stream, named like the service. */
export const CONSUMERS: Record<string, readonly string[]> = {
  companies: ['PRIVACY'],
  experts: ['PRIVACY'],
  matching: ['COMPANIES', 'EXPERTS', 'COOPERATION'],
  cooperation: ['COMPANIES', 'EXPERTS'],
  notifications: ['COMPANIES', 'EXPERTS', 'MATCHING', 'COOPERATION', 'PRIVACY'],
  access: ['COMPANIES', 'EXPERTS', 'MATCHING', 'COOPERATION', 'NOTIFICATIONS', 'PRIVACY'],
};

/**
 * Of these streams a service is sent these facts only, in any version: a bulk import must not pass through a service that throws all of it away, and who
 * did what (`audited`) is for the audit log alone.
 */
const ONLY: Record<string, readonly string[]> = {
  'matching on COMPANIES': ['company-saved', 'company-erased', 'opportunity-published', 'opportunity-closed'],
  'matching on EXPERTS': ['expert-saved', 'expert-erased'],
  'notifications on MATCHING': ['suggestion-made', 'suggestion-withdrawn', 'suggestion-dismissed', 'alert-matched'],
  'notifications on COOPERATION': [
    'interest-expressed',
    'interest-answered',
    'interest-due',
    'interest-expired',
    'help-answered',
  ],
  'cooperation on COMPANIES': ['opportunity-closed', 'company-erased'],
  'cooperation on EXPERTS': ['expert-erased'],
  'matching on COOPERATION': ['interest-answered', 'interest-expired', 'load-changed', 'outcome-recorded'],
  'notifications on COMPANIES': ['opportunity-expiring', 'company-erased'],
  'notifications on EXPERTS': ['expert-erased'],
  'notifications on PRIVACY': ['claim-mail-asked'],
  'companies on PRIVACY': ['erasure-requested'],
  'experts on PRIVACY': ['erasure-requested'],
  'access on COMPANIES': ['company-erased', 'erasure-completed', 'audited'],
  'access on EXPERTS': ['expert-erased', 'erasure-completed', 'audited'],
  'access on MATCHING': ['erasure-completed', 'audited'],
  'access on COOPERATION': ['erasure-completed', 'audited'],
  'access on NOTIFICATIONS': ['erasure-completed', 'audited'],
  'access on PRIVACY': ['audited'],
};

/** Whether a service's durable on a stream brings a fact. */
export function brings(service: string, stream: string, fact: string): boolean {
  const only = ONLY[`${service} on ${stream}`];
  return CONSUMERS[service]?.includes(stream) === true && (!only || only.includes(fact));
}

/** What differs from one deployment to another. Everything else is the same everywhere. */
export interface TopologySettings {
  replicas: number;
  duplicateWindowMs: number;
  maxAgeMs: number;
  /** Upper bound of one stream on disk, in bytes. JetStream reserves it. */
  maxBytes: number;
}

export const DEFAULT_SETTINGS: TopologySettings = {
  replicas: 1,
  duplicateWindowMs: 10 * 60_000,
  maxAgeMs: 14 * 86_400_000,
  maxBytes: 512 * 1024 * 1024,
};

/** Settings of one owner's stream. */
export function streamConfig(owner: string, settings: TopologySettings = DEFAULT_SETTINGS) {
  return {
    name: owner.toUpperCase(),
    subjects: [`${owner}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    // "old" would silently drop what nobody has read yet; "new" makes a full stream visible to the publisher.
    discard: DiscardPolicy.New,
    num_replicas: settings.replicas,
    max_age: nanos(settings.maxAgeMs),
    max_bytes: settings.maxBytes,
    max_msgs: -1,
    max_msgs_per_subject: -1,
    duplicate_window: nanos(settings.duplicateWindowMs),
    deny_delete: true,
    deny_purge: true,
    allow_rollup_hdrs: false,
  } satisfies Partial<StreamConfig>;
}

/** Settings of a service's durable consumer on a stream. */
export function consumerConfig(service: string, stream: string) {
  const owner = stream.toLowerCase();
  return {
    durable_name: service,
    // Said even where it is everything: a restriction that is lifted must show as a difference.
    filter_subjects: ONLY[`${service} on ${stream}`]?.map((fact) => `${owner}.${fact}.>`) ?? [`${owner}.>`],
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(30_000),
    // A finite number would drop the message for this consumer for good, stored or not.
    max_deliver: -1,
    max_ack_pending: 1000,
  } satisfies Partial<ConsumerConfig>;
}

/** Something that is not as it should be. `setting` is absent when the whole thing is missing. */
export interface Drift {
  resource: string;
  setting?: string;
  expected?: unknown;
  actual?: unknown;
}

/** A sentence about one drift, for logs and health reports. */
export const describeDrift = (drift: Drift): string =>
  drift.setting
    ? `${drift.resource}: ${drift.setting} is ${JSON.stringify(drift.actual)} instead of ${JSON.stringify(drift.expected)}`
    : `${drift.resource} is missing`;

/** Settings that a deployment chooses: only the provisioner, which knows them, compares them. */
const DEPLOYMENT_SETTINGS = new Set(['num_replicas', 'max_age', 'max_bytes', 'duplicate_window']);

/** Compares what should be with what the server says. Values absent at the server count as false, zero or unset. */
export function differences(resource: string, expected: object, actual: object, deployment: boolean): Drift[] {
  const found = actual as Record<string, unknown>;
  return Object.entries(expected)
    .filter(([setting]) => deployment || !DEPLOYMENT_SETTINGS.has(setting))
    .filter(
      ([setting, value]) =>
        JSON.stringify(found[setting] ?? (value === false ? false : undefined)) !== JSON.stringify(value),
    )
    .map(([setting, value]) => ({ resource, setting, expected: value, actual: found[setting] ?? null }));
}

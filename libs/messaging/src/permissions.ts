import type { RpcContract } from '#libs/contracts';
import * as contracts from '#libs/contracts';
import { CONSUMERS, OWNERS, ownerOf } from './topology.js';

const {
  accessRpc,
  alertsRpc,
  companiesRpc,
  cooperationRpc,
  expertsRpc,
  exportRpc,
  helpRpc,
  identifiedRpc,
  matchingRpc,
  opportunitiesRpc,
} = contracts;

/**
 * Streams live in an account of their own. JetStream answers on whatever reply subject a request names, with rights of its own: in one account with the
 * streams, whoever may fetch a message can have the server delete another's consumer, or write into another's stream. Across accounts an answer
 * only ever arrives in the account that asked, where no stream listens.
 */
const EVENTS = 'EVENTS';
const SERVICES = 'SERVICES';

/** Where the services find JetStream's requests: the account of the streams is behind it. */
export const EVENTS_API = 'EVENTS.API';

/** Where JetStream is for who is in the account of the streams, or on a server without accounts. */
export const DEFAULT_API = '$JS.API';

/** Someone who may connect. Names are also those of the inbox prefixes. */
export interface NatsUser {
  name: string;
  account: typeof EVENTS | typeof SERVICES;
  publish: string[];
  subscribe: string[];
}

/** Every request there is. */
export const REQUESTS: readonly RpcContract[] = Object.entries(contracts)
  .filter(([name, group]) => name.endsWith('Rpc') && typeof group === 'object')
  .map(([, group]) => group as unknown as RpcContract | Record<string, RpcContract>)
  .flatMap((group) => (isContract(group) ? [group] : Object.values(group)));

function isContract(group: RpcContract | Record<string, RpcContract>): group is RpcContract {
  return typeof group.subject === 'string';
}

const named = (...requests: { subject: string }[]) => requests.map(({ subject }) => subject);

/** The requests that each service makes of others, and no more: `ctx` says who asks, so a request is as good as its sender. */
const ASKS: Record<string, readonly string[]> = {
  gateway: [
    ...named(...REQUESTS.filter((request) => !request.internal)),
    ...named(accessRpc.identify, accessRpc.verifyKey, companiesRpc.cards, expertsRpc.cards, opportunitiesRpc.cards),
  ],
  access: named(companiesRpc.cards, expertsRpc.facts, identifiedRpc, ...Object.values(exportRpc)),
  companies: [],
  experts: [],
  matching: named(
    companiesRpc.facts,
    cooperationRpc.facts,
    expertsRpc.facts,
    opportunitiesRpc.facts,
    opportunitiesRpc.get,
  ),
  cooperation: named(
    companiesRpc.cards,
    companiesRpc.facts,
    companiesRpc.get,
    expertsRpc.cards,
    expertsRpc.facts,
    expertsRpc.get,
    matchingRpc.nextBest,
    matchingRpc.suggestions,
    matchingRpc.suggestionsById,
    opportunitiesRpc.facts,
  ),
  notifications: named(
    accessRpc.claimLetter,
    alertsRpc.byIds,
    companiesRpc.addresses,
    companiesRpc.cards,
    companiesRpc.registerAddresses,
    cooperationRpc.facts,
    expertsRpc.addresses,
    expertsRpc.cards,
    helpRpc.facts,
    matchingRpc.competenceNames,
    matchingRpc.suggestionsById,
    opportunitiesRpc.cards,
    opportunitiesRpc.facts,
  ),
  // `npm run import`, `learn` and the sample network, which ask as an administrator.
  commands: named(...REQUESTS),
};

/** Hints that something new is there to be fetched: who gives them and who waits for them. */
const HINTS = { given: 'notifications', awaited: 'gateway', subject: 'hint.inbox.>' };

const serviceOf = (subject: string): string => subject.split('.')[1] ?? '';

/** The subjects that a user may ask; none for one that asks nobody. */
export const asksOf = (user: string): readonly string[] => ASKS[user] ?? [];

/** Name of the user with which a service publishes and hears events; its requests go by the one that is named like the service. */
export const eventsUser = (service: string): string => `${service}-events`;

/** The beginning of every subject on which a user awaits answers. */
export const inboxPrefix = (user: string): string => `_INBOX_${user.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;

/** Everybody who may connect, with what they may publish and subscribe to. What is not in the lists is refused by the server. */
export function natsUsers(): NatsUser[] {
  const services = Object.keys(CONSUMERS);
  return [provisioner(), ...[...services, 'gateway', 'commands'].map(requestUser), ...services.map(eventUser)];
}

/** Asks others, answers what is asked of it. Publishes no event and does not reach JetStream. */
function requestUser(name: string): NatsUser {
  const answered = REQUESTS.filter(({ subject }) => serviceOf(subject) === name);
  const askers = Object.keys(ASKS).filter((asker) => asksOf(asker).some((subject) => serviceOf(subject) === name));
  return {
    name,
    account: SERVICES,
    publish: [
      ...asksOf(name),
      // Answers arrive at `<inbox of the asker>.<connection>.<who was asked>.<request>`, and only who was asked may publish there.
      ...askers.map((asker) => `${inboxPrefix(asker)}.*.${name}.*`),
      ...(HINTS.given === name ? [HINTS.subject] : []),
    ],
    subscribe: [
      `${inboxPrefix(name)}.>`,
      ...(answered.length > 0 ? [`rpc.${name}.>`] : []),
      ...(HINTS.awaited === name ? [HINTS.subject] : []),
    ],
  };
}

/** Publishes the service's own events, hears others' through its own durables. */
function eventUser(service: string): NatsUser {
  const owner = ownerOf(service);
  const heard = CONSUMERS[service] ?? [];
  const owns = (OWNERS as readonly string[]).includes(owner);
  const streams = [...new Set([...(owns ? [owner.toUpperCase()] : []), ...heard])];
  return {
    name: eventsUser(service),
    account: SERVICES,
    publish: [
      ...(owns ? [`${owner}.>`] : []),
      ...streams.map((stream) => `${EVENTS_API}.STREAM.INFO.${stream}`),
      ...heard.flatMap((stream) => [
        `${EVENTS_API}.CONSUMER.INFO.${stream}.${service}`,
        `${EVENTS_API}.CONSUMER.MSG.NEXT.${stream}.${service}`,
        `$JS.ACK.${stream}.${service}.>`,
      ]),
    ],
    subscribe: [`${inboxPrefix(eventsUser(service))}.>`],
  };
}

/** Makes and changes streams and durables; may neither delete nor empty nor read them. */
function provisioner(): NatsUser {
  const requests = ['STREAM.INFO.*', 'STREAM.CREATE.*', 'STREAM.UPDATE.*', 'CONSUMER.INFO.*.*', 'CONSUMER.CREATE.>'];
  return {
    name: 'provisioner',
    account: EVENTS,
    publish: [...requests, 'CONSUMER.DURABLE.CREATE.>'].map((request) => `$JS.API.${request}`),
    subscribe: [`${inboxPrefix('provisioner')}.>`],
  };
}

/**
 * The server's configuration of accounts and users, for deploy/nats/server.conf to include. `publicKeys` has the public NKEY of each user; throws when
 * one is missing. The operator, who may do everything with the streams, comes by a password that the server reads from its environment.
 */
export function natsUsersConfig(publicKeys: Record<string, string>): string {
  const quoted = (subjects: readonly string[]) => `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`;
  const users = (account: string) =>
    natsUsers()
      .filter((user) => user.account === account)
      .map((user) => {
        const key = publicKeys[user.name];
        if (!key) throw new Error(`There is no NKEY of ${user.name}.`);
        const rights = `publish: { allow: ${quoted(user.publish)} }, subscribe: { allow: ${quoted(user.subscribe)} }`;
        return `      { nkey: ${key}, permissions: { ${rights} } } # ${user.name}`;
      })
      .join('\n');
  const events = OWNERS.map((owner) => `${owner}.>`);
  const info = ['STREAM.INFO.*', 'CONSUMER.INFO.*.*'];
  const fetch = 'CONSUMER.MSG.NEXT.*.*';
  const exported = [...events, ...info.map((request) => `$JS.API.${request}`), '$JS.ACK.>'];
  const from = (subject: string, to?: string) =>
    `      { service: { account: ${EVENTS}, subject: "${subject}" }${to ? `, to: "${to}"` : ''} }`;
  return `# Generated: who may connect, and what each may publish and subscribe to (libs/messaging/src/permissions.ts).
accounts {
  ${EVENTS} {
    jetstream: enabled
    users: [
      { user: $NATS_USER, password: $NATS_PASSWORD }
${users(EVENTS)}
    ]
    exports: [
${exported.map((subject) => `      { service: "${subject}", accounts: [${SERVICES}] }`).join('\n')}
      { service: "$JS.API.${fetch}", response_type: stream, accounts: [${SERVICES}] }
    ]
  }
  ${SERVICES} {
    users: [
${users(SERVICES)}
    ]
    imports: [
${[...events, '$JS.ACK.>'].map((subject) => from(subject)).join('\n')}
${[...info, fetch].map((request) => from(`$JS.API.${request}`, `${EVENTS_API}.${request}`)).join('\n')}
    ]
  }
}
`;
}

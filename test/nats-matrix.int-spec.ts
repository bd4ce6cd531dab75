import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import {
  connect,
  headers,
  type NatsConnection,
  nkeyAuthenticator,
  nkeys,
  PermissionViolationError,
} from '@nats-io/transport-node';
import { companiesRpc, EVENTS, type EventContract } from '#libs/contracts';
import {
  asksOf,
  brings,
  CONSUMERS,
  connectNats,
  EVENTS_API,
  eventsUser,
  inboxPrefix,
  NatsAccess,
  natsUsers,
  natsUsersConfig,
  OWNERS,
  ownerOf,
  provisionStreams,
  REQUESTS,
} from '#libs/messaging';
import { RpcClient } from '#libs/service';
import { testNats } from '#libs/testing';

const SERVICES = Object.keys(CONSUMERS);
const USERS = natsUsers().map(({ name }) => name);
const STREAMS = OWNERS.map((owner) => owner.toUpperCase());
const ID = '019a0000-0000-7000-8000-000000000000';

const seeds = new Map(USERS.map((user) => [user, nkeys.createUser()]));
const seedOf = (user: string) => new TextDecoder().decode(seeds.get(user)!.getSeed());

/** What everybody tries, and who may. */
interface Cell {
  subject: string;
  allowed: (user: string) => boolean;
}
const nobody = () => false;
const only = (name: string) => (user: string) => user === name;
const anyOf = (names: readonly string[]) => (user: string) => names.includes(user);

const events: Cell[] = (EVENTS as EventContract[]).map(({ owner, subject }) => ({
  subject: `${subject}.${ID}`,
  allowed: anyOf(SERVICES.filter((service) => ownerOf(service) === owner).map(eventsUser)),
}));
const requests: Cell[] = REQUESTS.map(({ subject }) => ({
  subject,
  allowed: (user) => asksOf(user).includes(subject),
}));
const streamRequests: Cell[] = STREAMS.flatMap((stream) => {
  const usual = (request: string, allowed: Cell['allowed']) => ({ subject: `$JS.API.${request}`, allowed });
  const provisioner = only('provisioner');
  return [
    usual(`STREAM.INFO.${stream}`, provisioner),
    usual(`STREAM.UPDATE.${stream}`, provisioner),
    usual(`STREAM.CREATE.${stream}_TOO`, provisioner),
    usual(`CONSUMER.CREATE.${stream}.intruder`, provisioner),
    ...['STREAM.DELETE', 'STREAM.PURGE', 'STREAM.MSG.GET', 'STREAM.MSG.DELETE', 'STREAM.SNAPSHOT', 'DIRECT.GET'].map(
      (request) => usual(`${request}.${stream}`, nobody),
    ),
    ...SERVICES.flatMap((service) => [
      usual(`CONSUMER.DELETE.${stream}.${service}`, nobody),
      usual(`CONSUMER.PAUSE.${stream}.${service}`, nobody),
      usual(`CONSUMER.MSG.NEXT.${stream}.${service}`, nobody),
      usual(`CONSUMER.INFO.${stream}.${service}`, provisioner),
      {
        subject: `${EVENTS_API}.CONSUMER.DELETE.${stream}.${service}`,
        allowed: nobody,
      },
      ...[
        `${EVENTS_API}.CONSUMER.MSG.NEXT.${stream}.${service}`,
        `${EVENTS_API}.CONSUMER.INFO.${stream}.${service}`,
        `$JS.ACK.${stream}.${service}.1.1.1.1.0`,
      ].map((subject) => ({
        subject,
        allowed: (user: string) => user === eventsUser(service) && CONSUMERS[service]!.includes(stream),
      })),
    ]),
    ...['STREAM.DELETE', 'STREAM.PURGE', 'STREAM.UPDATE', 'STREAM.MSG.GET'].map((request) => ({
      subject: `${EVENTS_API}.${request}.${stream}`,
      allowed: nobody,
    })),
  ];
});
const others: Cell[] = [
  { subject: `hint.inbox.firm.${ID}`, allowed: only('notifications') },
  { subject: '$SYS.REQ.SERVER.PING', allowed: nobody },
  { subject: '$SYS.REQ.USER.INFO', allowed: nobody },
  { subject: '$JS.API.STREAM.NAMES', allowed: nobody },
  { subject: '$JS.API.STREAM.LIST', allowed: nobody },
  { subject: '$JS.API.INFO', allowed: nobody },
  // Into another's inbox, and into one's own: an answer comes from who was asked.
  ...USERS.map((user) => ({ subject: `${inboxPrefix(user)}.stolen`, allowed: nobody })),
  ...SERVICES.map((service) => ({
    subject: `${inboxPrefix('gateway')}.connection.${service}.token`,
    allowed: only(service),
  })),
];

describe('Every credential of NATS', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let operator: NatsConnection;
  let manager: JetStreamManager;
  const connections = new Map<string, NatsConnection>();
  const violations = new Map<string, Set<string>>();

  const as = (user: string) => connections.get(user)!;
  /** What the server refused to the user since the last time, as `publish <subject>` or `subscription <subject>`. */
  async function refusedTo(user: string): Promise<Set<string>> {
    // The server's refusals come before its answer to the flush.
    await as(user).flush();
    await new Promise(setImmediate);
    const refused = violations.get(user)!;
    violations.set(user, new Set());
    return refused;
  }

  /** Streams and durables with everything that somebody could have changed. */
  async function everything(): Promise<unknown> {
    const streams = [];
    for await (const { config, created, state } of manager.streams.list()) {
      const durables = [];
      for await (const consumer of manager.consumers.list(config.name))
        durables.push([consumer.name, consumer.created, consumer.config]);
      streams.push([config, created, state.messages, state.last_seq, durables.sort()]);
    }
    return streams;
  }

  beforeAll(async () => {
    const keys = Object.fromEntries(USERS.map((user) => [user, seeds.get(user)!.getPublicKey()]));
    nats = await testNats(natsUsersConfig(keys));
    for (const user of USERS) {
      const connection = await connectNats(`nats://${new URL(nats.url).host}`, user, { seed: seedOf(user) });
      connections.set(user, connection);
      violations.set(user, new Set());
      void (async () => {
        for await (const status of connection.status()) {
          if (status.type === 'error' && status.error instanceof PermissionViolationError)
            violations.get(user)!.add(`${status.error.operation} ${status.error.subject}`);
        }
      })();
    }
    operator = await connectNats(nats.url, 'operator');
    manager = await jetstreamManager(operator);
    await provisionStreams(as('provisioner'));
  });
  afterAll(async () => {
    for (const connection of [...connections.values(), operator]) await connection?.close();
    await nats?.stop();
  });

  it('is refused without a key, with a strange key, and with no other’s', async () => {
    const servers = new URL(nats.url).host;
    const strange = nkeyAuthenticator(nkeys.createUser().getSeed());
    // The services' own connection would try for ever; this one says at once why it may not.
    for (const options of [{}, { authenticator: strange }])
      await expect(connect({ servers, ...options })).rejects.toThrow(/authorization/i);
  });

  it.each(USERS)('publishes what its row allows and nothing else: %s', async (user) => {
    const before = await everything();
    const wrong: string[] = [];
    for (const { subject, allowed } of [...events, ...requests, ...streamRequests, ...others]) {
      // An allowed publication is left out where it would change a stream: others see to it that it works.
      if (allowed(user) && (user === 'provisioner' || events.some((event) => event.subject === subject))) continue;
      as(user).publish(subject, 'matrix');
      const refused = (await refusedTo(user)).has(`publish ${subject}`);
      if (refused === allowed(user)) wrong.push(`${subject} was ${refused ? 'refused' : 'let through'}`);
    }
    expect(wrong).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it.each(USERS)('hears what is addressed to it and nothing else: %s', async (user) => {
    const own = [`${inboxPrefix(user)}.x`, `${inboxPrefix(user)}.>`];
    if (SERVICES.includes(user)) own.push(`rpc.${user}.export`, `rpc.${user}.>`);
    if (user === 'gateway') own.push('hint.inbox.>');
    const foreign = [
      '>',
      '*.>',
      '_INBOX.>',
      'rpc.>',
      '$JS.>',
      '$JS.ACK.>',
      '$JS.EVENT.>',
      '$SYS.>',
      '_R_.>',
      'EVENTS.API.>',
    ]
      .concat(OWNERS.map((owner) => `${owner}.>`))
      .concat(USERS.flatMap((name) => [`${inboxPrefix(name)}.>`, `${inboxPrefix(name)}.x`]))
      .concat(SERVICES.map((service) => `rpc.${service}.>`))
      .concat('hint.inbox.>')
      .filter((subject) => !own.includes(subject));
    const wrong: string[] = [];
    for (const subject of [...own, ...foreign]) {
      const subscription = as(user).subscribe(subject, { callback: () => {} });
      const refused = (await refusedTo(user)).has(`subscription ${subject}`);
      if (refused === own.includes(subject)) wrong.push(`${subject} was ${refused ? 'refused' : 'let through'}`);
      if (!subscription.isClosed()) subscription.unsubscribe();
    }
    expect(wrong).toEqual([]);
  });

  it.each(USERS.filter((user) => user !== 'provisioner'))(
    'changes no stream by naming another’s subject for the answer: %s',
    async (user) => {
      const answers = [
        ...OWNERS.map((owner) => `${owner}.injected.v1.${ID}`),
        ...STREAMS.flatMap((stream) => [
          `$JS.API.STREAM.DELETE.${stream}`,
          `$JS.API.STREAM.PURGE.${stream}`,
          `$JS.API.CONSUMER.DELETE.${stream}.${CONSUMERS.matching!.includes(stream) ? 'matching' : 'access'}`,
        ]),
      ];
      const mine = natsUsers().find(({ name }) => name === user)!.publish;
      const concrete = mine
        .filter((subject) => !subject.startsWith('_'))
        .map((subject) => subject.replace(/>$/, '1.1.1.1.0').replaceAll('*', 'any'));
      const own = SERVICES.filter((service) => eventsUser(service) === user).map(ownerOf)[0];
      const before = await everything();
      for (const subject of concrete) {
        const event = own !== undefined && subject.startsWith(`${own}.`);
        // Something that makes the server answer: a fetch that finds nothing, one asked for by an acknowledgement, a publication that is refused.
        const payload = subject.includes('.MSG.NEXT.')
          ? '{"batch":1,"no_wait":true}'
          : subject.startsWith('$JS.ACK.')
            ? '+NXT {"batch":1,"no_wait":true}'
            : '';
        for (const reply of answers) {
          if (event) {
            const head = headers();
            head.set('Nats-Expected-Stream', 'ELSEWHERE');
            as(user).publish(subject, payload, { reply, headers: head });
          } else as(user).publish(subject, payload, { reply });
        }
      }
      await as(user).flush();
      // A round trip through each stream: what came before has been dealt with.
      for (const stream of STREAMS) await manager.streams.info(stream);
      expect(await everything()).toEqual(before);
    },
  );

  it('publishes its own events and hears those of others through its own durables', async () => {
    for (const service of SERVICES) {
      const access = new NatsAccess(`nats://${new URL(nats.url).host}`, { eventsSeed: seedOf(eventsUser(service)) });
      const own = await access.forEvents(service);
      expect(await own.drift(service)).toEqual([]);
      // Who did what is heard by the audit log alone; anything else that the service tells will do.
      const told = (EVENTS as EventContract[]).filter(
        ({ owner, fact }) => owner === ownerOf(service) && fact !== 'audited',
      );
      const subject = (told.find(({ fact }) => brings('matching', ownerOf(service).toUpperCase(), fact)) ?? told[0])!
        .subject;
      const stream = ownerOf(service).toUpperCase();
      const ack = await own.jetstream().publish(`${subject}.${ID}`, '{}', { expect: { streamName: stream } });
      expect(ack).toMatchObject({ stream });
      await own.connection.close();
    }
    const matching = await new NatsAccess(`nats://${new URL(nats.url).host}`, {
      eventsSeed: seedOf(eventsUser('matching')),
    }).forEvents('matching');
    const consumer = await matching.jetstream().consumers.get('EXPERTS', 'matching');
    const fetched = await consumer.fetch({ max_messages: 1, expires: 5000 });
    for await (const message of fetched) expect(await message.ackAck()).toBe(true);
    expect((await manager.consumers.info('EXPERTS', 'matching')).ack_floor.consumer_seq).toBe(1);
    await matching.connection.close();
  });

  it('answers who asked, and whoever was not asked cannot answer in its place', async () => {
    const gateway = await new NatsAccess(`nats://${new URL(nats.url).host}`, { seed: seedOf('gateway') }).forRequests(
      'gateway',
    );
    const rpc = new RpcClient(gateway);
    let address = '';
    const answering = as('companies').subscribe('rpc.companies.>', {
      queue: 'companies',
      callback: (_error, message) => {
        address = message.reply!;
        as('experts').publish(address, JSON.stringify({ response: { id: 'forged' } }));
        // The one who was asked may answer only there: no event, no stream, no inbox of somebody whom it was not asked by.
        message.respond(JSON.stringify({ response: { id: 'true' } }));
      },
    });
    await as('companies').flush();
    const ctx = { actor: { kind: 'admin' as const }, lang: 'it' as const, requestId: 'matrix' };
    expect(await rpc.call(companiesRpc.get, { id: ID }, ctx)).toEqual({ id: 'true' });
    expect(await refusedTo('experts')).toEqual(new Set([`publish ${address}`]));

    const before = await everything();
    for (const reply of [
      `companies.company-saved.v1.${ID}`,
      `experts.expert-saved.v1.${ID}`,
      `rpc.experts.erase`,
      '$JS.API.STREAM.DELETE.EXPERTS',
    ]) {
      gateway.connection.publish('rpc.companies.get', '{}', { reply });
      await gateway.connection.flush();
      // The next answered request comes after this one.
      await rpc.call(companiesRpc.get, { id: ID }, ctx);
      expect(await refusedTo('companies')).toEqual(new Set([`publish ${reply}`]));
      await refusedTo('experts');
    }
    expect(await everything()).toEqual(before);
    answering.unsubscribe();
    await gateway.connection.close();
  });
});

import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { mulberry32 } from '../network.js';
import type { World } from './world.js';

/** A write that was answered 2xx. */
export interface Acknowledged {
  operation: Operation;
  kind: 'company' | 'expert' | 'opportunity' | 'interest';
  id: string;
  /** As answered. */
  revision: number;
  key: string;
}

export type Operation =
  | 'create-company'
  | 'change-company'
  | 'create-expert'
  | 'change-expert'
  | 'draft'
  | 'publish'
  | 'close'
  | 'ask'
  | 'accept'
  | 'decline';

/** How often each is chosen, in per cent. Publications are few: each makes suggestions, and each suggestion notices and deliveries. */
const MIX: Readonly<Record<Operation, number>> = {
  'create-company': 20,
  'change-company': 27,
  'create-expert': 5,
  'change-expert': 16,
  draft: 6,
  publish: 5,
  close: 3,
  ask: 9,
  accept: 5,
  decline: 4,
};

export interface WritersOptions {
  writes: number;
  seed: number;
  writers?: number;
  /** Share of changes that go to firms which all writers change, so that they meet. */
  contended?: number;
  /** Pause of each writer between its writes, in milliseconds; none unless told. */
  everyMs?: number;
  /** In per cent, in the place of the usual mix. */
  mix?: Readonly<Record<Operation, number>>;
}

interface Known {
  id: string;
  revision: number;
}

/** What one writer made and may change: its own, so that its revisions are its own as well. */
interface Portfolio {
  companies: Known[];
  experts: Known[];
  drafts: (Known & { companyId: string })[];
  published: (Known & { companyId: string; askers: Set<string> })[];
  asked: { id: string; companyId: string }[];
}

interface Answer {
  status: number;
  body: { id: string; revision: number; code?: string; detail?: string };
}

const FIELDS = ['saldatura laser', 'visione artificiale', 'manutenzione predittiva', 'brevetti', 'tessuti tecnici'];
const RETRY_MS = [50, 100, 200, 400];
const PATIENCE_MS = 10_000;

/** Patient clients: what is refused for the moment (429, 5xx, no connection, no answer) is tried again with the same Idempotency-Key until it is answered. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  /** Writes that were given up, with the answer. None is expected. */
  readonly refused: string[] = [];
  /** Answers that are tried again, by status: 0 is a connection that broke; -1 one that was not made, or was closed before it was used, and does no harm. */
  readonly tries = new Map<number, number>();
  /** Revisions that were seen to fall. */
  readonly falls: string[] = [];
  done = 0;
  /** Goes on beyond the wanted number of writes while this is true. */
  keepOn = false;
  private started = 0;
  private stopped = false;
  private readonly random: () => number;
  private readonly shared: Known[] = [];
  private readonly agents: Agent[] = [];

  constructor(
    private readonly world: World,
    private readonly options: WritersOptions,
  ) {
    this.random = mulberry32(options.seed);
  }

  /** Writes until as many as wanted are acknowledged; resolves when the last is answered. */
  async run(): Promise<void> {
    const { writers = 8, contended = 0 } = this.options;
    if (contended > 0) for (let n = 0; n < 3; n++) this.shared.push(await this.sharedCompany(n));
    await Promise.all(Array.from({ length: writers }, (_, n) => this.write(n)));
    for (const agent of this.agents) agent.destroy();
  }

  /** No further write is begun; `run` resolves soon after. */
  stop(): void {
    this.stopped = true;
  }

  /** Resolves when this share (0 to 1) of the writes is acknowledged. */
  async until(share: number): Promise<void> {
    while (this.done < share * this.options.writes && !this.stopped) await pause(10);
  }

  /** One request of a patient client; the last answer. */
  async patiently(as: string, method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
    const agent = this.agents[0] ?? this.newAgent();
    return this.ask(agent, 0, as, method, path, body, headers);
  }

  private newAgent(): Agent {
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    this.agents.push(agent);
    return agent;
  }

  private async write(number: number): Promise<void> {
    // A generator of its own: what one writer does must not depend on how fast the others are.
    const random = mulberry32(this.options.seed * 1000 + number);
    const agent = this.newAgent();
    const own: Portfolio = { companies: [], experts: [], drafts: [], published: [], asked: [] };
    for (let n = 0; (this.started < this.options.writes || this.keepOn) && !this.stopped; n++) {
      this.started++;
      if (this.options.everyMs) await pause(this.options.everyMs * (0.5 + this.random()));
      const step = new Step(own, random, `${this.options.seed}-${number}-${n}`, this.options.mix ?? MIX);
      const shared = random() < (this.options.contended ?? 0);
      if (shared) await this.changeShared(agent, number, step);
      else await this.one(agent, number, step);
    }
  }

  private async one(agent: Agent, number: number, step: Step): Promise<void> {
    const { as, method, path, body, ifMatch, operation, kind, settle } = step.plan();
    const headers = { 'idempotency-key': step.key, ...(ifMatch && { 'if-match': `"${ifMatch}"` }) };
    const { status, body: answer } = await this.ask(agent, number, as, method, path, body, headers);
    if (status >= 300) {
      this.refused.push(`${operation} ${step.key}: ${status} ${answer?.code ?? ''} ${answer?.detail ?? ''}`);
      return;
    }
    settle(answer);
    this.count({ operation, kind, id: answer.id, revision: answer.revision, key: step.key });
  }

  private async changeShared(agent: Agent, number: number, step: Step): Promise<void> {
    const one = this.shared[Math.floor(step.random() * this.shared.length)]!;
    for (let attempt = 0; attempt < 200; attempt++) {
      const known = one.revision;
      const seen = await this.ask(agent, number, 'coordinator', 'GET', `/v1/companies/${one.id}`, undefined, {});
      this.noteRevision(one, known, seen.body.revision, 'read');
      // Another revision is another request, and so needs another key.
      const key = `${step.key}-${attempt}`;
      const headers = { 'idempotency-key': key, 'if-match': `"${seen.body.revision}"` };
      const body = { town: `Luogo ${step.key}` };
      const { status, body: answer } = await this.ask(agent, number, 'coordinator', 'PATCH', seen.path, body, headers);
      if (status === 412) continue;
      if (status >= 300) break;
      this.noteRevision(one, known + 1, answer.revision, 'written');
      this.count({ operation: 'change-company', kind: 'company', id: one.id, revision: answer.revision, key });
      return;
    }
    this.refused.push(`change of a shared firm ${step.key}`);
  }

  /** A request that began after `least` was answered may not be answered less. */
  private noteRevision(one: Known, least: number, revision: number, how: string): void {
    if (!(revision >= least)) this.falls.push(`${how} ${one.id}: ${revision} after ${least}`);
    one.revision = Math.max(one.revision, revision);
  }

  private async sharedCompany(n: number): Promise<Known> {
    const key = `${this.options.seed}-shared-${n}`;
    const body = { name: `Officina Comune ${n}`, country: 'IT' };
    const { body: answer } = await this.patiently('coordinator', 'POST', '/v1/companies', body, {
      'idempotency-key': key,
    });
    this.count({ operation: 'create-company', kind: 'company', id: answer.id, revision: answer.revision, key });
    return { id: answer.id, revision: answer.revision };
  }

  private count(write: Acknowledged): void {
    this.acknowledged.push(write);
    this.done++;
  }

  private async ask(
    agent: Agent,
    number: number,
    as: string,
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer & { path: string }> {
    const token = await this.world.token(as);
    const text = body === undefined ? undefined : JSON.stringify(body);
    for (let attempt = 0; ; attempt++) {
      const { gateways } = this.world;
      const gateway = gateways[(number + attempt) % gateways.length]!;
      const answer = await send(agent, gateway + path, method, text, {
        authorization: `Bearer ${token}`,
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      }).catch((error: NotSent) => ({ status: error.unsent ? -1 : 0, body: {} as Answer['body'] }));
      const { status } = answer;
      if (status >= 200 && status < 300) return { ...answer, path };
      this.tries.set(status, (this.tries.get(status) ?? 0) + 1);
      if (status > 0 && status !== 429 && status < 500) return { ...answer, path };
      await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]! * (0.5 + this.random()));
    }
  }
}

/** One write that is to be made, and what its answer means for its writer. */
interface Plan {
  operation: Operation;
  kind: Acknowledged['kind'];
  as: string;
  method: 'POST' | 'PATCH';
  path: string;
  body: unknown;
  ifMatch?: number;
  settle(answer: Known): void;
}

/** Chooses what a writer does next, out of what it may do by now. */
class Step {
  constructor(
    private readonly own: Portfolio,
    readonly random: () => number,
    readonly key: string,
    private readonly mix: Readonly<Record<Operation, number>>,
  ) {}

  plan(): Plan {
    let left = this.random() * 100;
    const wanted = (Object.entries(this.mix) as [Operation, number][]).find(([, weight]) => {
      left -= weight;
      return left < 0;
    })?.[0];
    return this.of(wanted ?? 'change-company') ?? this.of('change-company') ?? this.of('create-company')!;
  }

  private of(operation: Operation): Plan | undefined {
    const { own } = this;
    const base = { operation, method: 'POST' as const };
    const post = (
      kind: Acknowledged['kind'],
      as: string,
      path: string,
      body: unknown,
      settle: Plan['settle'],
    ): Plan => ({
      ...base,
      ...{ kind, as, path, body, settle },
    });
    const firm = this.pick(own.companies);
    const expert = this.pick(own.experts);
    switch (operation) {
      case 'create-company':
        return post('company', 'coordinator', '/v1/companies', this.company(), (answer) => own.companies.push(answer));
      case 'create-expert':
        return post('expert', 'coordinator', '/v1/experts', this.expert(), (answer) => own.experts.push(answer));
      case 'change-company':
        return (
          firm && this.change('company', `firm:${firm.id}`, `/v1/companies/${firm.id}`, firm, { town: this.word() })
        );
      case 'change-expert':
        return (
          expert &&
          this.change('expert', `expert:${expert.id}`, `/v1/experts/${expert.id}`, expert, { affiliation: this.word() })
        );
      case 'draft':
        return (
          firm &&
          post('opportunity', `firm:${firm.id}`, `/v1/companies/${firm.id}/opportunities`, this.need(), (answer) =>
            own.drafts.push({ ...answer, companyId: firm.id }),
          )
        );
      case 'publish':
      case 'close':
        return this.act(operation);
      case 'ask':
        return this.asking(expert);
      case 'accept':
      case 'decline': {
        const interest = take(own.asked, this.random);
        const body = operation === 'accept' ? {} : { reasonCode: 'not-my-field' };
        const path = `/v1/interests/${interest?.id}/${operation}`;
        return interest && post('interest', `firm:${interest.companyId}`, path, body, () => {});
      }
    }
  }

  private act(operation: 'publish' | 'close'): Plan | undefined {
    const { own } = this;
    const need = operation === 'publish' ? take(own.drafts, this.random) : this.closable();
    if (!need) return undefined;
    const path = `/v1/opportunities/${need.id}/${operation === 'publish' ? 'publish' : 'archive'}`;
    const settle = ({ id, revision }: Known) => {
      if (operation === 'publish') own.published.push({ id, revision, companyId: need.companyId, askers: new Set() });
    };
    return { operation, method: 'POST', kind: 'opportunity', as: `firm:${need.companyId}`, path, body: {}, settle };
  }

  // One that nobody asked about: closing withdraws open questions, and their answers would be refused with every right.
  private closable() {
    const free = this.own.published.filter(({ askers }) => askers.size === 0);
    const need = this.pick(free);
    if (need) this.own.published.splice(this.own.published.indexOf(need), 1);
    return need;
  }

  private asking(expert: Known | undefined): Plan | undefined {
    const { own } = this;
    const need = this.pick(own.published);
    if (!expert || !need || need.askers.has(expert.id)) return undefined;
    need.askers.add(expert.id);
    return {
      operation: 'ask',
      method: 'POST',
      kind: 'interest',
      as: `expert:${expert.id}`,
      path: `/v1/opportunities/${need.id}/interest`,
      body: { note: `Nota ${this.key}` },
      settle: ({ id }) => own.asked.push({ id, companyId: need.companyId }),
    };
  }

  private change(kind: 'company' | 'expert', as: string, path: string, one: Known, body: unknown): Plan {
    const settle = ({ revision }: Known) => {
      one.revision = revision;
    };
    const operation = `change-${kind}` as const;
    return { operation, kind, as, method: 'PATCH', path, body, ifMatch: one.revision, settle };
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  private word(): string {
    return `Luogo ${this.key}`;
  }

  private company() {
    return { name: `Officina Inventata ${this.key}`, country: this.random() < 0.5 ? 'IT' : 'CH' };
  }

  private expert() {
    const field = this.pick(FIELDS)!;
    const text = `Esperienza inventata di ${field}.`;
    return {
      name: `Esperto Inventato ${this.key}`,
      country: 'CH',
      languages: ['it'],
      competences: [field],
      text,
      capacity: 100,
    };
  }

  private need() {
    const field = this.pick(FIELDS)!;
    return { type: 'TR', title: `Fabbisogno ${this.key}`, summary: `Cerchiamo competenze di ${field}`, lang: 'it' };
  }
}

/** `unsent`: nothing has happened, another address may be asked at once, as whoever balances loads does. */
type NotSent = Error & { code?: string; unsent?: boolean };

function take<T>(items: T[], random: () => number): T | undefined {
  return items.splice(Math.floor(random() * items.length), 1)[0];
}

function send(
  agent: Agent,
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers, timeout: PATIENCE_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (!response.complete) return reject(new Error('cut off'));
        resolve({
          status: response.statusCode ?? 0,
          body: text ? (JSON.parse(text) as Answer['body']) : ({} as Answer['body']),
        });
      });
      response.on('error', reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error: NotSent) => {
      error.unsent = error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && outgoing.reusedSocket);
      reject(error);
    });
    outgoing.end(body);
  });
}

import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { mulberry32 } from '../network.js';
import { type Answer, type NotSent, send } from './client.js';
import { type Acknowledged, type Known, MIX, type Operation, type Portfolio, Step } from './plan.js';
import type { World } from './world.js';

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

const RETRY_MS = [50, 100, 200, 400];
/** Patient clients: what is refused for the moment (429, 5xx, no connection, no answer) is tried again with the same Idempotency-Key until it is answered. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  /** Writes that were given up, with the answer. None is expected. */
  readonly refused: string[] = [];
  /** Answers that are tried again, by status: 0 is a connection that broke; -1 one that was not made, or was closed before it was used, and does no harm. */
  readonly tries = new Map<number, number>();
  /** What the latest of them said, with the moment. */
  readonly excuses: string[] = [];
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

  private excuse(said: string): void {
    this.excuses.push(`${new Date().toISOString()} ${said}`);
    if (this.excuses.length > 20) this.excuses.shift();
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
      if (status >= 429) this.excuse(`${status} to ${method} ${path}: ${answer.body.detail ?? ''}`);
      if (status > 0 && status !== 429 && status < 500) return { ...answer, path };
      await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]! * (0.5 + this.random()));
    }
  }
}

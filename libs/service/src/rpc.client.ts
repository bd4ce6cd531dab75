import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { z } from 'zod';
import { BATCH_MAX, type CallContext, Problem, type ProblemBody, type RpcContract } from '#libs/contracts';
import { Nats } from '#libs/messaging';
import { NoAnswerInTime, NoResponder, ReplyInbox } from './reply-inbox.js';

const TIMEOUT_MS = 3000;
/** How long a request that nobody has taken is offered again: a service that restarts, or has not yet found back to NATS, is there in a moment. */
const OFFER_MS = 1000;
const OFFER_PAUSE_MS = 50;

const unanswered = new Counter({
  name: 'ceresio_rpc_unanswered_total',
  help: 'Requests to other services that got no answer: in time (timeout), or because nobody could be asked (unavailable)',
  labelNames: ['subject', 'reason'],
});

/** What Nest's NATS transport answers. */
interface Reply {
  err?: ProblemBody | { message?: string };
  response?: unknown;
}

type BatchContract<T> = RpcContract<z.ZodType<unknown, { ids: string[] }>, z.ZodType<{ items: T[]; rest: string[] }>>;

/** Asks other services. */
@Injectable()
export class RpcClient implements OnModuleInit {
  private inbox?: ReplyInbox;
  private readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();

  constructor(private readonly nats: Nats) {}

  // Subscribed before the first request is sent, so that not even its answer can be missed.
  onModuleInit(): void {
    this.ready();
  }

  /**
   * Sends a request and resolves with the answer, which its owner has cut to the contract's schema. Rejects with a Problem: the owner's own,
   * `unavailable` when nobody answers such requests or NATS is away, `timeout` after three seconds, `payload-too-large` when it is no message any more.
   * All of it within those three seconds: NATS is waited for before the request is sent, never after.
   */
  async call<Req extends z.ZodType, Res extends z.ZodType>(
    contract: RpcContract<Req, Res>,
    data: z.input<Req>,
    ctx: CallContext,
    options: { timeoutMs?: number } = {},
  ): Promise<z.output<Res>> {
    const until = Date.now() + (options.timeoutMs ?? TIMEOUT_MS);
    // The client would keep the request and send it after reconnecting, long after its caller was told that it failed.
    if (!(await this.nats.standing(until - Date.now()))) throw noted(contract.subject, away());
    const payload = this.encoder.encode(JSON.stringify({ id: '1', data: { ctx, data } }));
    const limit = this.nats.connection.info?.max_payload;
    if (limit && payload.length > limit) throw new Problem('payload-too-large', 'The request is too large');
    const bytes = await this.offer(contract.subject, payload, until).catch((error: unknown) => {
      throw noted(contract.subject, problemOf(error, contract.subject));
    });
    const reply = JSON.parse(this.decoder.decode(bytes)) as Reply;
    if (reply.err) throw refusalOf(reply.err);
    return reply.response as z.output<Res>;
  }

  /** Everything that a batched request has for the ids, however many messages that takes. Ids without an object are left out; doubled ones count once. */
  async fetchAll<T>(contract: BatchContract<T>, ids: readonly string[], ctx: CallContext): Promise<T[]> {
    const items: T[] = [];
    let left = [...new Set(ids)];
    while (left.length > 0) {
      const asked = left.slice(0, BATCH_MAX);
      const answer = await this.call(contract, { ids: asked }, ctx);
      items.push(...answer.items);
      // An owner that gave nothing and left everything would be asked for ever.
      if (answer.items.length === 0 && answer.rest.length >= asked.length)
        throw new Problem('unavailable', `${contract.subject} gives no answer that fits`);
      left = [...answer.rest, ...left.slice(BATCH_MAX)];
    }
    return items;
  }

  /** Sends it again only while NATS says that it had nobody to give it to. */
  private async offer(subject: string, payload: Uint8Array, until: number): Promise<Uint8Array> {
    const offered = Math.min(Date.now() + OFFER_MS, until);
    for (;;) {
      try {
        return await this.ready().request(subject, payload, Math.max(until - Date.now(), 1));
      } catch (error) {
        if (!(error instanceof NoResponder) || Date.now() + OFFER_PAUSE_MS >= offered) throw error;
        await pause(OFFER_PAUSE_MS);
      }
    }
  }

  private ready(): ReplyInbox {
    this.inbox ??= new ReplyInbox(this.nats.connection, inboxPrefixOf(this.nats.connection));
    return this.inbox;
  }
}

// The prefix that the connection was made with; the server's allow-list knows no other.
function inboxPrefixOf(connection: object): string | undefined {
  return (connection as { options?: { inboxPrefix?: string } }).options?.inboxPrefix;
}

function problemOf(error: unknown, subject: string): Problem {
  if (error instanceof NoResponder) return new Problem('unavailable', `Nobody answers ${subject} at the moment`);
  if (error instanceof NoAnswerInTime) return new Problem('timeout', `${subject} gave no answer in time`);
  return away();
}

const away = () => new Problem('unavailable', 'The message broker cannot be reached at the moment');

function noted(subject: string, problem: Problem): Problem {
  unanswered.inc({ subject, reason: problem.code });
  return problem;
}

function refusalOf(err: NonNullable<Reply['err']>): Problem {
  if ('code' in err) return new Problem(err.code, err.detail, err.errors);
  return new Problem('internal', 'Something went wrong on our side');
}

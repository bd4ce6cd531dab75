import type { ServerResponse } from 'node:http';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CallContext, inboxHintSubject, type Notice, notificationsRpc } from '#libs/contracts';
import { Nats } from '#libs/messaging';
import { RpcClient } from '#libs/service';

/** Shorter than the idle time after which proxies cut a silent connection. Also how late a notice comes whose hint was lost. */
const HEARTBEAT_MS = 15_000;
const PAGE = 50;
const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** Open streams of notices. A hint only wakes a stream; what it sends it reads from the inbox, so a lost hint loses nothing. */
@Injectable()
export class InboxStreams implements BeforeApplicationShutdown {
  private readonly open_ = new Set<Stream>();

  constructor(
    private readonly rpc: RpcClient,
    private readonly nats: Nats,
  ) {}

  /** Answers the request with a stream that begins after the notice `after`, or now. */
  async open(request: FastifyRequest, reply: FastifyReply, ctx: CallContext, after: string | undefined): Promise<void> {
    if (request.method === 'HEAD') {
      await reply.header('content-type', EVENT_STREAM).send();
      return;
    }
    const fetchAfter = (id: string | undefined, limit: number) =>
      this.rpc.call(notificationsRpc.inbox, id ? { after: id, limit } : { limit }, ctx).then((page) => page.items);
    const stream = new Stream(fetchAfter);
    const { actor } = ctx;
    // Listening begins before the starting point is read: a notice between the two would be missed.
    const hints =
      actor.kind === 'firm' || actor.kind === 'expert'
        ? this.nats.connection.subscribe(inboxHintSubject(actor), { callback: () => stream.wake() })
        : undefined;
    try {
      await stream.startAfter(after);
    } catch (error) {
      hints?.unsubscribe();
      throw error;
    }
    const headers = reply.getHeaders();
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': EVENT_STREAM,
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.open_.add(stream);
    const heartbeat = setInterval(() => {
      stream.beat();
      void request.bearer?.stands().then((stands) => stands || stream.end());
    }, HEARTBEAT_MS);
    const expiry = setTimeout(() => stream.end(), Math.max(0, (request.bearer?.expiresAt ?? 0) - Date.now()));
    reply.raw.once('close', () => {
      clearInterval(heartbeat);
      clearTimeout(expiry);
      hints?.unsubscribe();
      this.open_.delete(stream);
    });
    stream.writeTo(reply.raw);
  }

  beforeApplicationShutdown(): void {
    for (const stream of this.open_) stream.end();
  }
}

class Stream {
  private last: string | undefined;
  private out?: ServerResponse;
  private pumping = false;
  private again = false;

  constructor(private readonly fetchAfter: (id: string | undefined, limit: number) => Promise<Notice[]>) {}

  async startAfter(id: string | undefined): Promise<void> {
    this.last = id ?? (await this.fetchAfter(undefined, 1))[0]?.id;
  }

  writeTo(out: ServerResponse): void {
    this.out = out;
    // A first line tells the client that it is connected, and how soon to come back when it no longer is.
    out.write('retry: 2000\n: connected\n\n');
    this.wake();
  }

  beat(): void {
    this.out?.write(': heartbeat\n\n');
    this.wake();
  }

  end(): void {
    this.out?.end();
  }

  /** Sends what is new. A wake-up while sending leads to one more look, never to two at once: order is kept and nothing is sent twice. */
  wake(): void {
    this.again = true;
    if (this.pumping || !this.out) return;
    this.pumping = true;
    this.pump().finally(() => {
      this.pumping = false;
    });
  }

  private async pump(): Promise<void> {
    while (this.again && this.out?.writable) {
      this.again = false;
      // When the inbox cannot be asked now, the next heartbeat asks again.
      const notices = await this.next().catch(() => []);
      for (const notice of notices) {
        this.out.write(`id: ${notice.id}\nevent: notice\ndata: ${JSON.stringify(notice)}\n\n`);
        this.last = notice.id;
      }
      if (notices.length === PAGE) this.again = true;
    }
  }

  private async next(): Promise<Notice[]> {
    const notices = await this.fetchAfter(this.last, PAGE);
    // Without a starting point, in an inbox that was empty, the answer comes newest first.
    return this.last ? notices : notices.reverse();
  }
}

import { randomUUID } from 'node:crypto';
import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';

/** Header of an answer that came in several messages: `<number>/<count>`, in order. */
export const PART_HEADER = 'Ceresio-Part';

export class NoResponder extends Error {}
export class NoAnswerInTime extends Error {}

interface Waiting {
  parts: Uint8Array[];
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * Request and reply over one subscription for all requests of a connection. The client library's own `request` takes the first message as the
 * whole answer; here an answer may have several, since a page of long profiles is larger than a NATS message may be.
 */
export class ReplyInbox {
  private readonly waiting = new Map<string, Waiting>();
  private readonly prefix: string;

  constructor(
    private readonly connection: NatsConnection,
    inboxPrefix?: string,
  ) {
    this.prefix = `${createInbox(inboxPrefix)}.`;
    connection.subscribe(`${this.prefix}>`, {
      callback: (error, message) => {
        if (!error) this.receive(message);
      },
    });
  }

  /** Sends `payload` and resolves with the bytes of the answer. Rejects with NoResponder, NoAnswerInTime, or what publishing throws. */
  request(subject: string, payload: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    // Who was asked is part of the address, which lets the server's allow-list keep all others from answering in its place; and no one who
    // answered once can tell where the next answer is awaited.
    const token = `${subject.split('.')[1]}.${randomUUID()}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(token);
        reject(new NoAnswerInTime(subject));
      }, timeoutMs);
      this.waiting.set(token, { parts: [], resolve, reject, timer });
      try {
        this.connection.publish(subject, payload, { reply: this.prefix + token });
      } catch (error) {
        this.settle(token)?.reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  private receive(message: Msg): void {
    const token = message.subject.slice(this.prefix.length);
    const waiting = this.waiting.get(token);
    if (!waiting) return;
    if (message.data.length === 0 && message.headers?.code === 503) {
      this.settle(token)?.reject(new NoResponder(token));
      return;
    }
    const part = message.headers?.get(PART_HEADER);
    waiting.parts.push(message.data);
    if (part && waiting.parts.length < Number(part.split('/')[1])) return;
    this.settle(token)?.resolve(part ? Buffer.concat(waiting.parts) : message.data);
  }

  private settle(token: string): Waiting | undefined {
    const waiting = this.waiting.get(token);
    this.waiting.delete(token);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}

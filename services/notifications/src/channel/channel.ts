import type { NoticeEntity } from '../notice/notice.entity.js';

/** What goes out over one channel at once: a notice, or a digest of many. */
export interface Letter {
  /** The same on every attempt: the receiver can recognise a letter that comes again. */
  deliveryId: string;
  /** The notice; in a digest the first of them. */
  notice: NoticeEntity;
  /** All notices of it: one, or what gathered for a digest. */
  notices: NoticeEntity[];
  digest: boolean;
}

/** What became of a letter. `reason` is a code without anything personal in it. */
export type Outcome =
  /** `leftOut`: notices of a digest that had nothing left to say. */
  | { state: 'sent'; leftOut?: string[] }
  /** Refused for good. */
  | { state: 'failed'; reason: string }
  /** Nobody to send it to, or nothing left to say. */
  | { state: 'cancelled'; reason: string }
  /** Not now; after a pause that grows. */
  | { state: 'retry'; reason: string };

/** One way to reach somebody. A new one is a file here and a line in the index. */
export interface Channel {
  /** Kept with each delivery: never rename it. */
  readonly name: string;
  /** False where this installation has no settings for it; then no deliveries are written for it. */
  readonly enabled: boolean;
  /** Sends digests, and knows quiet hours and a cap: a person reads it. */
  readonly personal?: boolean;
  /** How long a sender holds what it sends; one that is silent for longer is taken for dead. Longer than its slowest batch; three minutes unless told. */
  readonly leaseMs?: number;
  /**
   * Sends the letters and tells the outcome of each as soon as it is known, so that a sender that dies leaves few open.
   * A letter may come again after its sender died: send it so that the receiver can recognise it.
   */
  deliver(letters: Letter[], settle: (deliveryId: string, outcome: Outcome) => Promise<void>): Promise<void>;
}

import type { NoticeEntity } from '../notice/notice.entity.js';

/** A notice on its way over one channel. */
export interface Letter {
  deliveryId: string;
  notice: NoticeEntity;
}

/** What became of a letter. `reason` is a code without anything personal in it. */
export type Outcome =
  | { state: 'sent' }
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
  /** Letters that one recipient gets within an hour; the others wait. */
  readonly perHour: number;
  /**
   * Sends the letters and tells the outcome of each as soon as it is known, so that a sender that dies leaves few open.
   * A letter may come again after its sender died: send it so that the receiver can recognise it.
   */
  deliver(letters: Letter[], settle: (deliveryId: string, outcome: Outcome) => Promise<void>): Promise<void>;
}

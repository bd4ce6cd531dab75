import type { Channel } from './channel.js';
import { EmailChannel } from './email.channel.js';
import { InboxChannel } from './inbox.channel.js';
import { WebhookChannel } from './webhook.channel.js';

/** Every way in which somebody can be told. */
export const CHANNELS = [InboxChannel, EmailChannel, WebhookChannel];

/** The channels that this installation has settings for. */
export class Channels {
  readonly all: readonly Channel[];
  readonly names: string[];

  constructor(channels: Channel[]) {
    this.all = channels.filter((channel) => channel.enabled);
    this.names = this.all.map((channel) => channel.name);
  }
}

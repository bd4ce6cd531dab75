import type { Channel } from './channel.js';

/** The channels that this installation has settings for. */
export class Channels {
  readonly all: readonly Channel[];
  readonly names: string[];

  constructor(channels: Channel[]) {
    this.all = channels.filter((channel) => channel.enabled);
    this.names = this.all.map((channel) => channel.name);
  }
}

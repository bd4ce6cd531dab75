import { EmailChannel } from './email.channel.js';
import { InboxChannel } from './inbox.channel.js';
import { WebhookChannel } from './webhook.channel.js';

/** Every way in which somebody can be told. */
export const CHANNELS = [InboxChannel, EmailChannel, WebhookChannel];

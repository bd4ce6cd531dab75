import type { Retention } from '#libs/messaging';

/** What is deleted when, and why it was kept so long. */
export const RETENTION: readonly Retention[] = [
  // Long enough to answer whoever asks what became of a mail.
  { table: 'delivery', only: `state <> 'pending'`, age: 'coalesce(sent_at, created_at)', days: 90 },
  { table: 'claim_letter', only: `state <> 'pending'`, age: 'coalesce(sent_at, created_at)', days: 90 },
  // Long after the opportunity of which most of them tell is archived. Their deliveries go with them.
  { table: 'notice', age: 'created_at', days: 730 },
  // Mails are read late, and a link that no longer switches anything off makes people angry.
  { table: 'unsubscribe_token', age: 'created_at', days: 365 },
];

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EVENTS, type EventContract } from '#libs/contracts';
import { type RawMessage, readDelivery } from './delivery.js';

const FIXTURES = join(import.meta.dirname, '..', '..', 'contracts', 'fixtures');
const known: ReadonlyMap<string, EventContract> = new Map(EVENTS.map((event) => [event.subject, event]));
const files = readdirSync(FIXTURES);

const fixture = (subject: string) => readFileSync(join(FIXTURES, `${subject}.json`));
const message = (subject: string, raw: Uint8Array | string, more: Partial<RawMessage> = {}): RawMessage => ({
  place: 'COMPANIES:7:1700000000000000000',
  subject: `${subject}.0192f0c0-1111-7a00-8000-000000000001`,
  raw: typeof raw === 'string' ? Buffer.from(raw) : raw,
  deliveries: 1,
  ...more,
});
const SAVED = 'companies.company-saved.v1';

describe('Messages that were published once', () => {
  it.each(files)('%s can still be read', (file) => {
    const subject = file.replace(/\.json$/, '');
    const delivery = readDelivery(message(subject, fixture(subject)), known);
    expect(delivery?.unreadable).toBeUndefined();
    expect(delivery?.data).toBeDefined();
  });

  it('are kept for every event and version that the contracts know', () => {
    expect(EVENTS.map((event) => `${event.subject}.json`).filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('A message', () => {
  it('with fields that a newer publisher added is read without them', () => {
    const envelope = JSON.parse(fixture(SAVED).toString()) as { data: Record<string, unknown> };
    envelope.data.added = 'later';
    expect(readDelivery(message(SAVED, JSON.stringify(envelope)), known)?.data).not.toHaveProperty('added');
  });

  it('of a fact that this service does not hear is none of its business', () => {
    expect(readDelivery(message('companies.company-moved.v1', fixture(SAVED)), known)).toBeUndefined();
  });

  it('of a version that the contracts know but this service does not handle is passed over', () => {
    const handled = new Map([
      ['companies.company-saved.v0', { ...known.get(SAVED)!, subject: 'companies.company-saved.v0', version: 0 }],
    ]);
    expect(readDelivery(message(SAVED, fixture(SAVED)), handled)).toBeUndefined();
  });

  it('of a version that nobody knows is unreadable rather than lost', () => {
    expect(readDelivery(message('companies.company-saved.v9', fixture(SAVED)), known)?.unreadable).toContain('version');
  });

  it('that says it is something else than its subject is unreadable', () => {
    expect(readDelivery(message('companies.company-erased.v1', fixture(SAVED)), known)?.unreadable).toContain('type');
  });

  it('that is damaged names the place and never the value', () => {
    const envelope = JSON.parse(fixture(SAVED).toString()) as { data: Record<string, unknown> };
    envelope.data.companyId = 'Mario Rossi';
    const { unreadable } = readDelivery(message(SAVED, JSON.stringify(envelope)), known)!;
    expect(unreadable).toContain('/companyId');
    expect(unreadable).not.toContain('Mario');
  });

  it('without an id of its own is known by its message id, or else always by the same made one', () => {
    const messageId = '0192f0c0-9999-7a00-8000-000000000009';
    expect(readDelivery(message(SAVED, 'no json', { messageId }), known)?.eventId).toBe(messageId);
    const made = readDelivery(message(SAVED, 'no json'), known)?.eventId;
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(readDelivery(message(SAVED, 'no json'), known)?.eventId).toBe(made);
    expect(readDelivery(message(SAVED, 'no json', { place: 'COMPANIES:8:1' }), known)?.eventId).not.toBe(made);
  });
});

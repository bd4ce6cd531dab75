import { describe, expect, it } from '@jest/globals';
import { EventReader } from './events.js';

describe('A stream of events', () => {
  it('is read whole, wherever its pieces end', () => {
    const text =
      'retry: 2000\n: connected\n\nid: n-1\nevent: notice\ndata: {"a":1}\n\n: heartbeat\n\nid: n-2\nevent: notice\ndata: {"a":\ndata: 2}\n\n';
    const events = [
      { id: 'n-1', event: 'notice', data: '{"a":1}' },
      { id: 'n-2', event: 'notice', data: '{"a":\n2}' },
    ];
    expect(new EventReader().read(text)).toEqual(events);
    const reader = new EventReader();
    expect([...text].flatMap((char) => reader.read(char))).toEqual(events);
  });

  it('gives nothing of an event that has not ended', () => {
    expect(new EventReader().read('event: notice\ndata: {}\n')).toEqual([]);
  });
});

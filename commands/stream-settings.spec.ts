import { describe, expect, it } from '@jest/globals';
import { monitorOf, streamSettings } from './stream-settings.js';

describe('What a deployment says of NATS', () => {
  it('is the usual where it says nothing', () => {
    expect(streamSettings({})).toEqual({});
    expect(streamSettings({ NATS_REPLICAS: '3', NATS_STREAM_MB: '1024' })).toEqual({
      replicas: 3,
      maxBytes: 1024 * 1024 * 1024,
    });
  });

  it.each(['0', '6', 'three', '1.5'])('is refused by name when it cannot be: NATS_REPLICAS=%s', (replicas) =>
    expect(() => streamSettings({ NATS_REPLICAS: replicas })).toThrow(
      'NATS_REPLICAS must be a whole number from 1 to 5.',
    ),
  );

  it('leaves unchecked what nobody can look at, aloud; in production only when that is said', () => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    expect(monitorOf({ NATS_MONITOR_URL: 'http://127.0.0.1:8222' }, say)).toBe('http://127.0.0.1:8222');
    expect(said).toEqual([]);
    expect(monitorOf({}, say)).toBeUndefined();
    expect(said).toEqual([expect.stringContaining('not checked')]);
    expect(() => monitorOf({ NODE_ENV: 'production' }, say)).toThrow('NATS_MONITOR_URL is not set');
    expect(monitorOf({ NODE_ENV: 'production', NATS_MONITOR_URL: 'none' }, say)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('answers what the check answers once it stops throwing', async () => {
    let calls = 0;
    const answer = await eventually(
      () => {
        calls++;
        if (calls < 3) throw new Error('not yet');
        return 'there';
      },
      { every: 1 },
    );
    expect(answer).toBe('there');
    expect(calls).toBe(3);
  });

  it('gives up with the last error, not with a message of its own', async () => {
    let calls = 0;
    const failing = eventually(async () => Promise.reject(new Error(`attempt ${++calls}`)), { timeout: 20, every: 1 });
    await expect(failing).rejects.toThrow(/^attempt \d+$/);
    await failing.catch((error: Error) => expect(error.message).toBe(`attempt ${calls}`));
  });
});

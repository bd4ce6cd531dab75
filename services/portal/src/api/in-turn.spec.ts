import { expect, it } from '@jest/globals';
import { inTurn } from './in-turn.js';

it('What is done to one thing is done in turn, also after a failure, and does not hold up another thing', async () => {
  const done: string[] = [];
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = inTurn('a', async () => {
    await slow;
    done.push('first');
    throw new Error('failed');
  });
  const second = inTurn('a', async () => void done.push('second'));
  await inTurn('b', async () => void done.push('other'));
  release();
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(done).toEqual(['other', 'first', 'second']);
});

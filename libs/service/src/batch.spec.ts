import { describe, expect, it } from '@jest/globals';
import { fitIntoMessage } from './batch.js';

const items = (count: number, size: number) =>
  Array.from({ length: count }, (_, i) => ({ id: String(i), text: 'é'.repeat(size) }));

describe('An answer that must fit into one message', () => {
  it('has everything when it is small, and leaves out what does not exist', () => {
    expect(fitIntoMessage(items(2, 10), ['0', '1', 'unknown'])).toEqual({ items: items(2, 10), rest: [] });
  });

  it('names what is left, counting bytes rather than characters', () => {
    const { items: fitting, rest } = fitIntoMessage(items(10, 30_000));
    expect(fitting.map((item) => item.id)).toEqual(['0', '1', '2']);
    expect(rest).toEqual(['3', '4', '5', '6', '7', '8', '9']);
  });

  it('gives at least one item, however large', () => {
    expect(fitIntoMessage(items(2, 200_000))).toMatchObject({ items: [{ id: '0' }], rest: ['1'] });
  });
});

import { describe, expect, it } from '@jest/globals';
import { EventQueue, type Queued } from './event-queue.js';

const item = (aggregateId: string, subject = 'a.saved.v1', suspect = false): Queued => ({
  aggregateId,
  subject,
  suspect,
});

describe('The queue of events', () => {
  it('gives events of different aggregates side by side and of one aggregate one after the other', () => {
    const queue = new EventQueue<Queued>(() => 1);
    const [first, second, other] = [item('x'), item('x'), item('y')];
    for (const i of [first, second, other]) queue.push(i);
    const run = queue.take();
    expect(run).toEqual([first]);
    expect(queue.take()?.[0]).toBe(other);
    expect(queue.take()).toBeUndefined();
    queue.done(run!);
    expect(queue.take()?.[0]).toBe(second);
  });

  it('fills a batch with events of one kind and never lets one overtake its own aggregate', () => {
    const queue = new EventQueue<Queued>(() => 10);
    const saved = item('x');
    const erased = item('x', 'a.erased.v1');
    const revived = item('x');
    const again = item('y');
    for (const i of [saved, item('y'), erased, revived, again]) queue.push(i);
    const run = queue.take()!;
    expect(run).toHaveLength(3);
    expect(run).toContain(again);
    expect(run).not.toContain(revived);
    queue.done(run);
    expect(queue.take()).toEqual([erased]);
  });

  it('gives no more at once than the handler takes', () => {
    const queue = new EventQueue<Queued>(() => 2);
    for (const id of ['a', 'b', 'c']) queue.push(item(id));
    expect(queue.take()).toHaveLength(2);
    expect(queue.take()).toHaveLength(1);
  });

  it('gives a suspect alone, and one suspect at a time, without holding up the others', () => {
    const queue = new EventQueue<Queued>(() => 10);
    const suspects = [item('a', undefined, true), item('b', undefined, true)];
    const innocent = item('c');
    for (const i of [...suspects, innocent]) queue.push(i);
    const run = queue.take()!;
    expect(run).toEqual([suspects[0]]);
    expect(queue.take()).toEqual([innocent]);
    expect(queue.take()).toBeUndefined();
    queue.done(run);
    expect(queue.take()).toEqual([suspects[1]]);
  });

  it('gives back what has not begun', () => {
    const queue = new EventQueue<Queued>(() => 1);
    queue.push(item('a'));
    queue.push(item('b'));
    queue.take();
    expect(queue.drain().map((i) => i.aggregateId)).toEqual(['b']);
    expect(queue.take()).toBeUndefined();
  });
});

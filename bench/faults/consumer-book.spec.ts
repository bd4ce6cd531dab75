import { describe, expect, it } from '@jest/globals';
import { consumerBook, type Entries } from './consumer-book.js';

const balanced: Entries = { events: ['a', 'b', 'c'], planted: ['p'], heard: ['a', 'b', 'c', 'p'], dead: ['p'] };
const complaintsOf = (change: Partial<Entries>) => consumerBook('matching', { ...balanced, ...change }).complaints;

describe('The book of a consumer', () => {
  it('balances when each event is an effect and what was planted is a dead letter', () => {
    const { book, complaints } = consumerBook('matching', balanced);
    expect(book).toEqual({ consumer: 'matching', events: 4, effects: 3, deadLetters: 1, lost: 0, doubled: 0 });
    expect(complaints).toEqual([]);
  });

  it('complains of an event that is neither an effect nor a dead letter', () => {
    expect(complaintsOf({ heard: ['a', 'b', 'p'] })).toEqual(['matching: 1 events lost']);
  });

  it('complains of a dead letter that nobody planted, though nothing is lost', () => {
    expect(complaintsOf({ dead: ['p', 'c'] })).toEqual(['matching: 1 dead letters that were not planted']);
  });

  it('complains of a planted message that passed for a good one', () => {
    expect(complaintsOf({ dead: [] })).toEqual(['matching: 1 planted events that are no dead letters']);
  });

  it('complains of what was heard and never told', () => {
    expect(complaintsOf({ heard: ['a', 'b', 'c', 'p', 'x'] })).toEqual(['matching: 1 events heard that nobody told']);
  });
});

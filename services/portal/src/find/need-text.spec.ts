import { expect, it } from '@jest/globals';
import { bodyOf, titleOf } from './need-text.js';

it('The title of a need is its first sentence', () => {
  expect(titleOf('cerchiamo chi controlli i tessuti. Oggi lo facciamo a vista.')).toBe(
    'Cerchiamo chi controlli i tessuti',
  );
});

it('A long sentence is cut between two words', () => {
  const title = titleOf(`Wir suchen ${'jemanden '.repeat(20)}`);
  expect(title.length).toBeLessThanOrEqual(90);
  expect(title).toMatch(/jemanden…$/);
});

it('What does not fit into the summary is kept whole beside it', () => {
  expect(bodyOf(' kurz ')).toEqual({ summary: 'kurz' });
  const long = 'parola '.repeat(100).trim();
  const body = bodyOf(long);
  expect(body.text).toBe(long);
  expect(body.summary.length).toBeLessThanOrEqual(500);
});

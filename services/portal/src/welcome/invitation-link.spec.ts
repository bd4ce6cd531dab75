import { expect, it } from '@jest/globals';
import { tokenOf } from './invitation-link.js';

it('An invitation is taken by its link or by its token alone', () => {
  expect(tokenOf(' https://ceresio.example/welcome?invitation=abc_1-2 ')).toBe('abc_1-2');
  expect(tokenOf(' abc_1-2\n')).toBe('abc_1-2');
  expect(tokenOf('https://ceresio.example/welcome')).toBe('https://ceresio.example/welcome');
});

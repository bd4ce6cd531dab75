import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#libs/contracts';
import { readJson } from './json-body.js';

const read = (text: string | Uint8Array) => readJson(typeof text === 'string' ? new TextEncoder().encode(text) : text);
const refusal = (text: string | Uint8Array) => {
  try {
    read(text);
  } catch (error) {
    return error as Problem;
  }
  return undefined;
};

describe('A JSON body', () => {
  it('is read as it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), (text) => {
        const problem = refusal(text);
        if (!problem) expect(read(text)).toEqual(JSON.parse(text));
        else expect(problem.code).toBe('invalid-body');
      }),
    );
  });

  it('may be nested 32 levels deep', () => {
    expect(refusal(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeUndefined();
    expect(refusal(`${'['.repeat(33)}${']'.repeat(33)}`)).toMatchObject({ code: 'invalid-body' });
    expect(refusal(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)?.errors[0]?.pointer).toMatch(/^(\/a)+$/);
    expect(refusal('['.repeat(200_000) + ']'.repeat(200_000))).toBeInstanceOf(Problem);
  });

  it('must be UTF-8', () => {
    expect(refusal(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ code: 'malformed-json' });
  });

  it('is nothing when it is empty', () => {
    expect(read('')).toBeUndefined();
  });

  it('has no key that reaches a prototype, wherever it stands and however it is written', () => {
    expect(refusal('{"a":[{"__proto__":1}]}')?.errors[0]?.pointer).toBe('/a/0/__proto__');
    expect(refusal('{"\\u005f_proto__":1}')?.errors[0]?.pointer).toBe('/__proto__');
  });
});

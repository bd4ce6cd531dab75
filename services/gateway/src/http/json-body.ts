import { Problem } from '#libs/contracts';
import { pointerOf } from '#libs/service';

const DEPTH_MAX = 32;
/** Keys that reach an object's prototype when somebody merges them carelessly. */
const POISON = new Set(['__proto__', 'constructor', 'prototype']);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a request body; `undefined` when it is empty. Throws a Problem when it is no UTF-8, no JSON, nested too deep, or has a key that poisons prototypes. */
export function readJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    throw new Problem('malformed-json', 'The body is not valid JSON in UTF-8');
  }
  inspect(value, []);
  return value;
}

function inspect(value: unknown, path: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= DEPTH_MAX) throw refused(path, `is nested deeper than ${DEPTH_MAX} levels`);
  for (const key of Object.keys(value)) {
    path.push(key);
    if (POISON.has(key)) throw refused(path, 'is not a field');
    inspect((value as Record<string, unknown>)[key], path);
    path.pop();
  }
}

function refused(path: string[], detail: string): Problem {
  return new Problem('invalid-body', 'The body has a structure that is not accepted', [
    { pointer: pointerOf(path), detail },
  ]);
}

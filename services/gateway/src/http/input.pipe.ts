import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { type Lang, Problem, type ProblemCode } from '#libs/contracts';
import { inputErrors, requestContext, speaking } from '#libs/service';

/** How each part of a request is refused, and how a field of it is pointed at. */
const PARTS: Record<string, { code: ProblemCode; detail: string; point: (pointer: string) => string }> = {
  body: { code: 'invalid-body', detail: 'The body does not fit what is expected here', point: (pointer) => pointer },
  query: {
    code: 'invalid-query',
    detail: 'The query does not fit what is expected here',
    point: (pointer) => `?${nameIn(pointer)}`,
  },
  param: {
    code: 'invalid-path',
    detail: 'The path does not fit what is expected here',
    point: (pointer) => `:${nameIn(pointer)}`,
  },
};

const nameIn = (pointer: string): string => pointer.split('/')[1] ?? '';

/** Validates what a parameter declares with `{ schema }`, and says what is wrong in the caller's language. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, schema }: ArgumentMetadata): unknown {
    const part = PARTS[type];
    if (!schema || !part) return value;
    const lang: Lang = requestContext.getStore()?.lang ?? 'it';
    const result = (schema as z.ZodType).safeParse(type === 'query' ? guarded(value) : value, speaking(lang));
    if (result.success) return result.data;
    const errors = inputErrors(result.error).map(({ pointer, detail }) => ({ pointer: part.point(pointer), detail }));
    throw new Problem(part.code, part.detail, errors);
  }
}

// The schema library passes over this one key, so that it would be neither refused nor used.
function guarded(query: unknown): unknown {
  if (typeof query !== 'object' || query === null || !Object.hasOwn(query, '__proto__')) return query;
  throw new Problem('invalid-query', 'The query does not fit what is expected here', [
    { pointer: '?__proto__', detail: 'is not a parameter' },
  ]);
}

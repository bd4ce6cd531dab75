import { z } from 'zod';
import type { Lang } from '#libs/contracts';

// Made once: a locale's error map is a closure over tables.
const LOCALES: Record<Lang, z.core.$ZodErrorMap> = {
  it: z.locales.it().localeError,
  en: z.locales.en().localeError,
  de: z.locales.de().localeError,
  fr: z.locales.fr().localeError,
};

/** Options for `schema.safeParse` that make its messages speak the given language. */
export const speaking = (lang: Lang): { error: z.core.$ZodErrorMap } => SPEAKING[lang];
const SPEAKING = Object.fromEntries(Object.entries(LOCALES).map(([lang, error]) => [lang, { error }])) as Record<
  Lang,
  { error: z.core.$ZodErrorMap }
>;

/** JSON Pointer (RFC 6901) of a path; the empty string is the whole document. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** At most this many errors are told at once: a caller cannot make an answer much larger than the request. */
const ERRORS_MAX = 50;

/** What is wrong with the input, each with the pointer of the field it is about; an unknown field is pointed at by its own name. */
export function inputErrors(error: z.ZodError): { pointer: string; detail: string }[] {
  return error.issues.flatMap((issue) => describe(issue, [])).slice(0, ERRORS_MAX);
}

function describe(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): { pointer: string; detail: string }[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointerOf([...path, key]), detail: issue.message }));
  if (issue.code === 'invalid_union') {
    // Of several shapes, the one whose outermost type fits is the one that was meant.
    const meant = issue.errors.find((branch) =>
      branch.some((inner) => inner.path.length > 0 || inner.code !== 'invalid_type'),
    );
    if (meant) return meant.flatMap((inner) => describe(inner, path));
  }
  return [{ pointer: pointerOf(path), detail: issue.message }];
}

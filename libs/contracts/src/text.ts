import { z } from 'zod';

// PostgreSQL cannot store NUL, and other control characters have no meaning in what a person writes; tab and line breaks have.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const NO_CONTROL = 'must not contain control characters';

/** Free text of 1 to `max` characters, trimmed, without control characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !CONTROL.test(value) && value.isWellFormed(), NO_CONTROL);

/** A UUID as the platform makes them (version 7), compared in lower case. */
export const idSchema = z.uuid().toLowerCase();

/** A web address with http or https. */
export const webAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(500);

/** A revision grows by one with each change of the object; it is the ETag's value. */
export const revisionSchema = z.int().min(1);

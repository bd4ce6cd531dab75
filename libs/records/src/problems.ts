import { Problem } from '#libs/contracts';

/** One thing that is wrong with an input, with a JSON Pointer into it. */
export interface PointedError {
  pointer: string;
  detail: string;
}

/** The refusal of an input that breaks rules its schema cannot express. */
export function invalid(errors: PointedError[]): Problem {
  return new Problem('invalid-body', 'The request breaks the rules named below.', errors);
}

/** The answer about an object that does not exist, and about one that the caller has no business with: nobody can tell them apart. */
export function notFound(what: string): Problem {
  return new Problem('not-found', `There is no ${what} with this id.`);
}

/** The refusal of a change that was made to an older state. */
export function revisionMismatch(what: string, now?: number): Problem {
  const hint = now === undefined ? '' : ` It is at revision ${now} now.`;
  return new Problem(
    'revision-mismatch',
    `The ${what} was changed meanwhile.${hint} Read it again and repeat the change.`,
  );
}

import type { ProblemError } from '../api/problem.js';

/** Everybody may claim and be invited, but for the accesses of a platform that somebody tries out: they have a role by their name. */
export const isLocalAccess = ({ code }: ProblemError): boolean => code === 'forbidden';

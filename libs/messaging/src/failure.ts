import { Problem } from '#libs/contracts';

/** Thrown by a handler (or for a message that cannot be read) when no repetition can help: the event becomes a dead letter at once. */
export class PermanentError extends Error {
  override name = 'PermanentError';
}

/** Failures of a handler after which an event becomes a dead letter, and unfinished starts after which it is quarantined. */
export const MAX_ATTEMPTS = 8;

/** Pause before repetition number `n` (1, 2, …) in milliseconds: `first` (1 s), doubled each time, at most a minute. */
export const retryDelay = (n: number, first = 1000): number => Math.min(first * 2 ** Math.max(0, n - 1), 60_000);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
]);
const NETWORK_NAMES = new Set([
  // A connection that breaks takes the transaction's query runner with it: whatever the transaction does next fails so.
  'QueryRunnerAlreadyReleasedError',
  'QueryRunnerProviderAlreadyReleasedError',
  'NoRespondersError',
  'ClosedConnectionError',
  'DrainingConnectionError',
  'ConnectionError',
  'TimeoutError',
  'JetStreamError',
  'MeiliSearchRequestError',
  'MeilisearchRequestError',
  'MeiliSearchRequestTimeOutError',
  'MeiliSearchTaskTimeOutError',
]);
// SQLSTATE: connection lost, serialization failure and deadlock, out of resources, shutdown or start-up, lock not available.
const DATABASE_CODES = /^(08...|40001|40P01|53...|57P0[1-5]|55P03|57014)$/;
const DATABASE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection ended|not queryable/i;

/** Whether an error lies with the database or the network, so that the same handling will succeed later. */
export function isTransient(error: unknown): boolean {
  for (let depth = 0, current = error; depth < 5 && current && typeof current === 'object'; depth++) {
    if (current instanceof Problem) return ['unavailable', 'timeout', 'too-many-requests'].includes(current.code);
    const { code, name, message, cause, driverError } = current as Record<string, unknown>;
    if (typeof code === 'string' && (NETWORK_CODES.has(code) || DATABASE_CODES.test(code))) return true;
    if (typeof name === 'string' && NETWORK_NAMES.has(name)) return true;
    if (typeof message === 'string' && DATABASE_MESSAGES.test(message)) return true;
    current = driverError ?? cause;
  }
  return false;
}

/** One line about an error for a dead letter: its kind and message, without details that a database or a schema adds about values. */
export function shortError(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  return `${error.name}: ${error.message}`.replaceAll('\0', '').slice(0, 500);
}

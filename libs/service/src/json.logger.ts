import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { requestContext } from './request-context.js';

/** Fields whose values are never written, wherever they stand up to three levels deep. */
const SECRET = ['authorization', 'cookie', 'password', 'token', 'contact', 'email', 'phone', 'name', 'affiliation'];
const redact = SECRET.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** Nest's logger, as one JSON object a line: time, level, service, the logging class, the request's id. ERROR means that a person must act. */
export class JsonLogger implements LoggerService {
  readonly pino: Logger;

  constructor(service: string, level: string, destination?: DestinationStream) {
    const options = {
      level,
      base: { service },
      redact: { paths: redact, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      serializers: { err: describeError },
      mixin: () => {
        const requestId = requestContext.getStore()?.requestId;
        return requestId ? { requestId } : {};
      },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  // Nest appends the name of the logging class as the last argument, and for errors a stack before it.
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && !last.includes('\n') ? last : undefined;
    const error = message instanceof Error ? message : rest.find((one) => one instanceof Error);
    const stack = error ? undefined : rest.find((one) => typeof one === 'string' && one.includes('\n'));
    const fields = typeof message === 'object' && message !== null && !(message instanceof Error) ? message : {};
    const text = message instanceof Error ? messageOf(message) : typeof message === 'string' ? message : undefined;
    this.pino[level](
      { ...(context && { context }), ...(error && { err: error }), ...(stack ? { stack } : {}), ...fields },
      text,
    );
  }
}

// A database error carries the statement's parameters and, in `detail`, the row: what people wrote. Neither belongs in a log.
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as Error & { code?: unknown }).code;
  return {
    type: error.constructor.name,
    message: messageOf(error),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}

const messageOf = (error: Error): string => error.message.slice(0, 500);

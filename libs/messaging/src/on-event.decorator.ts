import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Envelope, EventContract } from '#libs/contracts';

/** Given to a handler beside the data. Whatever it writes through `manager` is committed together with the inbox row, or not at all. */
export interface EventContext {
  envelope: Envelope;
  manager: EntityManager;
}

/** As EventContext, for a handler that takes many events at once: `envelopes[i]` belongs to `data[i]`. */
export interface EventBatchContext {
  envelopes: Envelope[];
  manager: EntityManager;
}

/** Marks our transport, so that Nest gives these handlers to no other one. */
export const JETSTREAM = Symbol('jetstream');

/** What the transport needs to know of a handler. */
export interface EventExtras {
  contract: EventContract;
  batch: boolean;
}

/** Carries a handler's error past Nest's exception filters, which would leave nothing of it but "Internal server error". */
export class HandlerFailure {
  constructor(readonly error: unknown) {}
}

type Method<A extends unknown[]> = (
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<(...args: A) => Promise<void>>,
) => void;

/**
 * Makes a controller method the handler of an event: `handler(data, ctx)` runs inside a transaction, may run again when it failed, and out of order.
 * With `batch: true` it takes `handler(data[], ctx)`, many events in one transaction; when it fails, the events come again one by one.
 */
export function OnEvent<T extends z.ZodType>(
  contract: EventContract<T>,
  options?: { batch?: false },
): Method<[data: z.output<T>, ctx: EventContext]>;
export function OnEvent<T extends z.ZodType>(
  contract: EventContract<T>,
  options: { batch: true },
): Method<[data: z.output<T>[], ctx: EventBatchContext]>;
export function OnEvent(contract: EventContract, options: { batch?: boolean } = {}) {
  return (target: object, key: string, descriptor: PropertyDescriptor): void => {
    const original = descriptor.value as ((...args: unknown[]) => Promise<void>) | undefined;
    if (!original) throw new Error(`@OnEvent stands on ${key}, which is no method`);
    if (Reflect.hasMetadata(HANDLES_EVENT, original))
      throw new Error(`${key} has two @OnEvent: write a method for each`);
    const carrying = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      try {
        await original.apply(this, args);
        return undefined;
      } catch (error) {
        return new HandlerFailure(error);
      }
    };
    Object.defineProperty(carrying, 'name', { value: key });
    Reflect.defineMetadata(HANDLES_EVENT, true, carrying);
    descriptor.value = carrying;
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    const extras: EventExtras = { contract, batch: options.batch ?? false };
    const mark = EventPattern(contract.subject, JETSTREAM, extras) as MethodDecorator;
    mark(target, key, descriptor);
  };
}

const HANDLES_EVENT = Symbol('handles-event');

import { Logger } from '@nestjs/common';
import { MessagePattern, RpcException, Transport } from '@nestjs/microservices';
import { Histogram } from 'prom-client';
import type { z } from 'zod';
import {
  type CallContext,
  callContextSchema,
  Problem,
  type ProblemBody,
  type RpcContract,
  type RpcMessage,
} from '#libs/contracts';
import { acting, isTransient, shortError } from '#libs/messaging';
import { actOf } from './act.js';
import { requestContext } from './request-context.js';
import { inputErrors, speaking } from './validation.js';

const duration = new Histogram({
  name: 'ceresio_rpc_duration_seconds',
  help: 'Time to answer a request from another service',
  labelNames: ['subject', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
});
const logger = new Logger('Rpc');

type Handler<Req extends z.ZodType, Res extends z.ZodType> = (
  data: z.output<Req>,
  ctx: CallContext,
) => Promise<z.input<Res>> | z.input<Res>;

/**
 * Makes a controller method the answer to a request: `method(data, ctx)`. The data are validated before, the answer is cut to its schema after.
 * A thrown Problem reaches the caller as it is; any other error is logged once and reaches the caller as `internal`.
 */
export function Rpc<Req extends z.ZodType, Res extends z.ZodType>(contract: RpcContract<Req, Res>) {
  return <M extends Handler<Req, Res>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const method = descriptor.value;
    if (!method) throw new Error(`@Rpc stands on ${key}, which is no method`);
    const answer = async function (this: unknown, message: RpcMessage): Promise<z.output<Res>> {
      const started = process.hrtime.bigint();
      let outcome = 'ok';
      try {
        const ctx = callContextSchema.parse(message.ctx);
        return await requestContext.run({ requestId: ctx.requestId }, async () => {
          const data = requestOf(contract, message.data, ctx);
          const done = await acting.run(actOf(contract, data, ctx), () => method.call(this, data, ctx));
          return contract.response.parse(done);
        });
      } catch (error) {
        const refused = refusalOf(contract, error, message.ctx?.requestId);
        outcome = refused.code;
        throw new RpcException(refused);
      } finally {
        duration.observe({ subject: contract.subject, outcome }, Number(process.hrtime.bigint() - started) / 1e9);
      }
    };
    // Nest finds parameter types and metadata by the method's name.
    Object.defineProperty(answer, 'name', { value: key });
    descriptor.value = answer as unknown as M;
    MessagePattern(contract.subject, Transport.NATS)(target, key, descriptor as TypedPropertyDescriptor<unknown>);
  };
}

function requestOf<Req extends z.ZodType>(contract: RpcContract<Req>, data: unknown, ctx: CallContext): z.output<Req> {
  const result = contract.request.safeParse(data, speaking(ctx.lang));
  if (!result.success)
    throw new Problem('invalid-body', 'The request does not fit its schema', inputErrors(result.error));
  return result.data;
}

function refusalOf(contract: RpcContract, error: unknown, requestId: string | undefined): ProblemBody {
  if (error instanceof Problem) return error.toBody();
  // An engine that is away is no mistake of ours: whoever asks again in a moment is answered.
  if (isTransient(error)) {
    requestContext.run({ requestId: requestId ?? '' }, () => logger.warn(`${contract.subject}: ${shortError(error)}`));
    return new Problem('unavailable', 'A part of the platform cannot be reached at the moment; try again').toBody();
  }
  requestContext.run({ requestId: requestId ?? '' }, () => logger.error(`${contract.subject} failed`, error));
  return {
    code: 'internal',
    detail: 'Something went wrong on our side; the log knows the request by its id',
    errors: [],
  };
}

import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import { JetStreamStrategy, MessagingReadiness } from '#libs/messaging';
import { type BaseConfig, ConfigError, readConfig } from './config.js';
import { InternalServer } from './internal.server.js';
import { JsonLogger } from './json.logger.js';
import { Readiness } from './readiness.js';
import { RpcServer } from './rpc.server.js';

/** After this long a stopping service ends, whatever still runs; whoever watches it gives 15 s. */
const STOP_MS = 13_000;

/** The root module of a service. */
export interface ServiceRoot<C> {
  forRoot(config: C): DynamicModule;
}

/** For a service with an HTTP side of its own: its adapter, and how to start listening once everything is wired. */
export interface HttpSide<C> {
  adapter(config: C): FastifyAdapter;
  listen(app: NestFastifyApplication, config: C): Promise<void>;
}

export interface RunningService {
  app: INestApplication;
  /** Where health and metrics are. */
  internalUrl: string;
  /** Finishes what runs, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts a service in this process and resolves when it takes requests. Absent engines are waited for; health answers from the first moment.
 */
export async function startService<C extends BaseConfig>(
  name: string,
  root: ServiceRoot<C>,
  config: C,
  http?: HttpSide<C>,
): Promise<RunningService> {
  let problems = async (): Promise<string[]> => ['starting'];
  const internal = new InternalServer(() => problems());
  const internalUrl = await internal.listen(config.INTERNAL_PORT, config.INTERNAL_HOST);
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      root.forRoot(config),
      http?.adapter(config) ?? new FastifyAdapter(),
      // Nest would end the process by itself, and hide what a caller of this function must see.
      { logger: new JsonLogger(name, config.LOG_LEVEL), abortOnError: false, bodyParser: false },
    );
    const readiness = app.get(Readiness, { strict: false });
    app.connectMicroservice({ strategy: app.get(RpcServer, { strict: false }) });
    const events = optional(app, JetStreamStrategy);
    if (events) app.connectMicroservice({ strategy: events });
    const messaging = optional(app, MessagingReadiness);
    if (messaging) readiness.add('messaging', async () => (await messaging.readiness()).problems);
    // Only what is prepared takes requests: before, acts would go unaudited, and whoever asks would wait for tables to be read.
    await app.init();
    await app.startAllMicroservices();
    await http?.listen(app, config);
    problems = () => readiness.problems();
    return {
      app,
      internalUrl,
      async stop() {
        readiness.stop();
        await app.close();
        await internal.close();
      },
    };
  } catch (error) {
    await internal.close();
    throw error;
  }
}

// The gateway has no database and so no messaging module. Asking Nest for what it does not have writes an error into the log.
function optional<T>(app: INestApplication, type: Type<T>): T | undefined {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.some((module) => module.providers.has(type)) ? app.get(type, { strict: false }) : undefined;
}

/** The `main` of a service: reads the environment, starts, and stops in order on SIGTERM and SIGINT. Ends the process with 1 when it cannot start. */
export async function bootstrap<S extends z.ZodObject>(
  name: string,
  root: ServiceRoot<z.output<S>>,
  schema: S,
  http?: HttpSide<z.output<S>>,
): Promise<void> {
  let service: RunningService | undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    // Nothing has been taken on before the start is complete, so there is nothing to finish.
    if (!service) process.exit(0);
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    const config = readConfig(schema, process.env) as z.output<S> & BaseConfig;
    service = await startService(
      name,
      root as ServiceRoot<BaseConfig>,
      config,
      http as HttpSide<BaseConfig> | undefined,
    );
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${name}: ${error.message}\n`);
    else new JsonLogger(name, 'info').fatal('The service cannot start', error);
    process.exit(1);
  }
}

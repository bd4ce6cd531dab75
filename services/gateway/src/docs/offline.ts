import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Nats } from '#libs/messaging';
import { Readiness, RpcClient } from '#libs/service';
import { api } from '../app.module.js';
import { describeApi } from './api-document.js';

const absent = [Nats, Readiness, RpcClient].map((provide) => ({ provide, useValue: {} }));

@Global()
@Module({ providers: absent, exports: absent })
class NoConnections {}

@Module({ imports: [NoConnections], ...api })
class DescribedModule {}

/** The API description without anything that runs: what `docs/openapi.json` holds. */
export async function describeOffline(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(DescribedModule, new FastifyAdapter(), { logger: false });
  try {
    return describeApi(app);
  } finally {
    await app.close();
  }
}
